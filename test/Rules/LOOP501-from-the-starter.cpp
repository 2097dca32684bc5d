// Objects of a loop that one thread runs, used by the thread that has started it: before it runs, while it does, and when it has ended.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: sh each.sh %looplint | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- each.sh
for program in timer.cpp client.cpp posted.cpp handle.c server.cpp *_ok.cpp; do
  "$1" check -q --no-cache --output-format=concise "$program"
done
true
//--- timer.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  asio::steady_timer timer(context, std::chrono::hours(1));
  timer.async_wait([](asio::error_code) {});
  std::thread thread([&] { context.run(); });
  // CHECK: timer.cpp:[[@LINE+1]]:3: error: {{.*}}cancel` is called on the main thread, while its loop runs on another{{.*}} [LOOP501]
  timer.cancel();
  thread.join();
  timer.cancel();
}
//--- client.cpp
#include <asio.hpp>
#include <thread>

class Client {
public:
  void start() {
    timer.expires_after(std::chrono::seconds(1));
    read();
    thread = std::thread([this] { context.run(); });
  }
  void hang_up_bad() {
    asio::error_code code;
    // CHECK: client.cpp:[[@LINE+1]]:5: error: {{.*}}close` is called on the main thread, while its loop runs on another{{.*}} [LOOP501]
    socket.close(code);
  }
  void hang_up_ok() {
    asio::post(context, [this] { socket.close(); });
  }
  void stop() {
    context.stop();
    thread.join();
    release_ok();
  }
  ~Client() {
    if (thread.joinable())
      stop();
    timer.cancel();
  }

private:
  void read() {
    asio::async_read(socket, asio::buffer(data, 64), [this](asio::error_code code, std::size_t) {
      if (!code)
        read();
    });
  }
  void release_ok() { socket.close(); }
  char data[64];
  asio::io_context context;
  asio::ip::tcp::socket socket{context};
  asio::steady_timer timer{context};
  std::thread thread;
};

int main() {
  Client client;
  client.start();
  client.hang_up_bad();
  client.hang_up_ok();
  client.stop();
}
//--- server_ok.cpp
#include <asio.hpp>
#include <thread>

class Server {
public:
  Server() : acceptor(context, {asio::ip::tcp::v4(), 8080}) {
    accept();
    thread = std::thread(&Server::run, this);
  }
  ~Server() {
    asio::post(context, [this] { acceptor.close(); });
    thread.join();
  }

private:
  void run() { context.run(); }
  void accept() {
    acceptor.async_accept([this](asio::error_code code, asio::ip::tcp::socket) {
      if (!code)
        accept();
    });
  }
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor;
  std::thread thread;
};

int main() { Server server; }
//--- several_ok.cpp
#include <asio.hpp>
#include <memory>
#include <thread>
#include <vector>

class Pool {
public:
  Pool() {
    for (int i = 0; i < 3; ++i) {
      contexts.push_back(std::make_unique<asio::io_context>());
      timers.push_back(std::make_unique<asio::steady_timer>(*contexts.back()));
      timers.back()->expires_after(std::chrono::seconds(1));
      crew.emplace_back([this, i] { contexts[i]->run(); });
    }
  }
  ~Pool() {
    for (std::thread &each : crew)
      each.join();
    for (auto &timer : timers)
      timer->cancel();
  }

private:
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::vector<std::unique_ptr<asio::steady_timer>> timers;
  std::vector<std::thread> crew;
};

class Worker {
public:
  Worker() {
    timer.expires_after(std::chrono::seconds(1));
    thread = std::thread([this] { context.run(); });
  }
  ~Worker() { thread.join(); }

private:
  asio::io_context context;
  asio::steady_timer timer{context};
  std::thread thread;
};

int main() {
  Pool pool;
  Worker first, second;
}
//--- own_loops_ok.cpp
#include <asio.hpp>
#include <thread>

class Connection {
public:
  void call() {
    asio::async_write(socket, asio::buffer("a", 1), [](asio::error_code, std::size_t) {});
    context.restart();
    context.run();
    socket.close();
  }

private:
  asio::io_context context;
  asio::ip::tcp::socket socket{context};
};

int main() {
  Connection connection;
  connection.call();
  std::thread thread([] {
    Connection own;
    own.call();
  });
  thread.join();
}
//--- prepared_ok.cpp
// The loop runs, and has nothing to do yet with what is set up, or has done it.
#include <asio.hpp>
#include <future>
#include <thread>

int main() {
  asio::io_context context;
  auto guard = asio::make_work_guard(context);
  std::thread thread([&] { context.run(); });
  asio::ip::tcp::resolver resolver(context);
  auto found = resolver.async_resolve("localhost", "80", asio::use_future);
  found.get();
  asio::ip::tcp::socket socket(context);
  socket.async_connect({asio::ip::tcp::v4(), 80}, asio::use_future).get();
  socket.close();
  asio::steady_timer timer(context);
  timer.expires_after(std::chrono::seconds(1));
  timer.async_wait([&](asio::error_code) { timer.expires_after(std::chrono::seconds(1)); });
  guard.reset();
  thread.join();
}
//--- stopped_ok.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  asio::steady_timer timer(context, std::chrono::hours(1));
  timer.async_wait([](asio::error_code) {});
  std::thread thread([&] { context.run(); });
  context.stop();
  timer.cancel();
  thread.join();
}
//--- locked_ok.cpp
#include <asio.hpp>
#include <mutex>
#include <thread>

int main() {
  std::mutex mutex;
  asio::io_context context;
  asio::steady_timer timer(context, std::chrono::hours(1));
  timer.async_wait([&](asio::error_code) {
    std::lock_guard<std::mutex> lock(mutex);
    timer.expires_after(std::chrono::seconds(1));
  });
  std::thread thread([&] { context.run(); });
  {
    std::lock_guard<std::mutex> lock(mutex);
    timer.cancel();
  }
  thread.join();
}
//--- posted.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  auto guard = asio::make_work_guard(context);
  asio::steady_timer timer(context);
  std::thread thread([&] { context.run(); });
  asio::post(context, [&] {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([](asio::error_code) {});
  });
  // CHECK: posted.cpp:[[@LINE+1]]:3: error: {{.*}}cancel` is called on the main thread, while its loop runs on another{{.*}} [LOOP501]
  timer.cancel();
  guard.reset();
  thread.join();
}
//--- handle.c
// Nothing of this loop is for another thread, begun or not.
#include <uv.h>

static uv_loop_t loop;
static uv_timer_t timer;
static void run(void *argument) { (void)argument; uv_run(&loop, UV_RUN_DEFAULT); }

int main(void) {
  uv_thread_t thread;
  uv_loop_init(&loop);
  uv_timer_init(&loop, &timer);
  uv_thread_create(&thread, run, 0);
  // CHECK: handle.c:[[@LINE+1]]:3: error: `uv_timer_stop` is called on the main thread, while its loop runs on another{{.*}} [LOOP501]
  uv_timer_stop(&timer);
  uv_thread_join(&thread);
  uv_timer_stop(&timer);
}
//--- two_ok.cpp
// What has been begun is of another object.
#include <asio.hpp>
#include <thread>

class Session {
public:
  explicit Session(asio::io_context &context) : timer(context) {}
  void begin() { timer.async_wait([](asio::error_code) {}); }
  void end() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

int main() {
  asio::io_context context;
  Session first(context), second(context);
  std::thread thread([&] { context.run(); });
  first.begin();
  second.end();
  thread.join();
}
//--- server.cpp
// The end of an object is behind its name's last use.
#include <asio.hpp>
#include <thread>

class Server {
public:
  Server() : acceptor(context, {asio::ip::tcp::v4(), 8080}) {
    accept();
    thread = std::thread([this] { context.run(); });
  }
  ~Server() {
    // CHECK: server.cpp:[[@LINE+1]]:5: error: {{.*}}close` is called on the main thread, while its loop runs on another{{.*}} [LOOP501]
    acceptor.close();
    thread.join();
  }

private:
  void accept() {
    acceptor.async_accept([this](asio::error_code code, asio::ip::tcp::socket) {
      if (!code)
        accept();
    });
  }
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor;
  std::thread thread;
};

int main() { Server server; }
