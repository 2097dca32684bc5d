// A pool of several threads, and objects that two of its handlers use at the same time; work that is posted to no executor.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: sh each.sh %looplint | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- each.sh
for program in pool.cpp default.cpp session.cpp anywhere.cpp *_ok.cpp; do
  "$1" check -q --no-cache --output-format=concise "$program"
done
true
//--- pool.cpp
#include <asio.hpp>

int main() {
  asio::thread_pool pool(4);
  asio::steady_timer timer(pool), alone(pool);
  asio::post(pool, [&] { timer.expires_after(std::chrono::seconds(1)); });
  // CHECK: pool.cpp:[[@LINE+1]]:26: error: {{.*}}cancel` uses an object that another handler may be using: several threads belong to the pool, and nothing keeps these handlers apart [LOOP501]
  asio::post(pool, [&] { timer.cancel(); });
  asio::post(pool, [&] {
    alone.expires_after(std::chrono::seconds(1));
    alone.async_wait([&](asio::error_code) { alone.cancel(); });
  });
  pool.join();
}
//--- default.cpp
#include <asio.hpp>

int main() {
  asio::thread_pool pool;
  asio::steady_timer timer(pool.get_executor());
  asio::post(pool.get_executor(), [&] { timer.expires_after(std::chrono::seconds(1)); });
  // CHECK: default.cpp:[[@LINE+1]]:26: error: {{.*}}cancel` uses an object that another handler may be using{{.*}} [LOOP501]
  asio::post(pool, [&] { timer.cancel(); });
  pool.join();
}
//--- session.cpp
#include <asio.hpp>
#include <thread>

class Session {
public:
  explicit Session(asio::thread_pool &pool) : timer(pool), socket(pool) {}
  void start() {
    read();
    watch();
  }

private:
  void read() {
    socket.async_read_some(asio::buffer(bytes), [this](asio::error_code, std::size_t) { read(); });
  }
  void watch() {
    // CHECK: session.cpp:[[@LINE+1]]:49: error: {{.*}}close` uses an object that another handler may be using{{.*}} [LOOP501]
    timer.async_wait([this](asio::error_code) { socket.close(); });
  }
  asio::steady_timer timer;
  asio::ip::tcp::socket socket;
  char bytes[16];
};

int main() {
  asio::thread_pool pool(std::thread::hardware_concurrency());
  Session session(pool);
  session.start();
  pool.join();
}
//--- anywhere.cpp
#include <asio.hpp>

class Clock {
public:
  explicit Clock(asio::io_context &context) : context(context), strand(context), timer(context) {}
  // CHECK: anywhere.cpp:[[@LINE+1]]:43: error: {{.*}}cancel` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
  void posted_bad() { asio::post([this] { timer.cancel(); }); }
  // CHECK: anywhere.cpp:[[@LINE+1]]:46: error: {{.*}}cancel` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
  void deferred_bad() { asio::defer([this] { timer.cancel(); }); }
  void context_ok() { asio::post(context, [this] { timer.cancel(); }); }
  void executor_ok() { asio::post(timer.get_executor(), [this] { timer.cancel(); }); }
  void bound_ok() { asio::post(asio::bind_executor(context, [this] { timer.cancel(); })); }
  void bound_before_ok() {
    auto handler = asio::bind_executor(strand, [this] { timer.cancel(); });
    asio::post(handler);
  }
  void wrapped_ok() { asio::post(strand.wrap([this] { timer.cancel(); })); }
  void at_once_ok() { asio::dispatch([this] { timer.cancel(); }); }

private:
  asio::io_context &context;
  asio::io_context::strand strand;
  asio::steady_timer timer;
};

int main() {
  asio::io_context context;
  Clock clock(context);
  asio::post(context, [&] {
    clock.posted_bad();
    clock.deferred_bad();
    clock.context_ok();
    clock.executor_ok();
    clock.bound_ok();
    clock.bound_before_ok();
    clock.wrapped_ok();
    clock.at_once_ok();
  });
  context.run();
}
//--- one_thread_ok.cpp
#include <asio.hpp>

int main() {
  asio::thread_pool pool(1);
  asio::steady_timer timer(pool);
  asio::post(pool, [&] { timer.expires_after(std::chrono::seconds(1)); });
  asio::post(pool, [&] { timer.cancel(); });
  pool.join();
}
//--- strand_ok.cpp
#include <asio.hpp>

int main() {
  asio::thread_pool pool(4);
  auto strand = asio::make_strand(pool);
  asio::steady_timer timer(strand);
  asio::post(strand, [&] { timer.expires_after(std::chrono::seconds(1)); });
  asio::post(asio::bind_executor(strand, [&] { timer.cancel(); }));
  pool.join();
}
//--- locked_ok.cpp
#include <asio.hpp>
#include <mutex>

int main() {
  asio::thread_pool pool(4);
  asio::steady_timer timer(pool);
  std::mutex mutex;
  asio::post(pool, [&] {
    std::lock_guard<std::mutex> lock(mutex);
    timer.expires_after(std::chrono::seconds(1));
  });
  asio::post(pool, [&] {
    std::lock_guard<std::mutex> lock(mutex);
    timer.cancel();
  });
  pool.join();
}
//--- chain_ok.cpp
#include <asio.hpp>

static asio::awaitable<void> echo(asio::ip::tcp::socket socket) {
  char bytes[16];
  for (;;) {
    std::size_t count = co_await socket.async_read_some(asio::buffer(bytes), asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(bytes, count), asio::use_awaitable);
  }
}

static asio::awaitable<void> listen(asio::ip::tcp::acceptor &acceptor) {
  for (;;)
    asio::co_spawn(acceptor.get_executor(), echo(co_await acceptor.async_accept(asio::use_awaitable)), asio::detached);
}

int main() {
  asio::thread_pool pool(4);
  asio::ip::tcp::acceptor acceptor(pool, {asio::ip::tcp::v4(), 8080});
  asio::co_spawn(pool, listen(acceptor), asio::detached);
  pool.join();
}
