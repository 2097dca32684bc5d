// One loop that several threads run, and objects that two of its handlers use at the same time.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: sh each.sh %looplint | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- each.sh
for program in handlers.cpp pool.cpp coroutines.cpp *_ok.cpp; do
  "$1" check -q --no-cache --output-format=concise "$program"
done
true
//--- handlers.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  asio::steady_timer timer(context), other(context), ended(context);
  asio::post(context, [&] { timer.expires_after(std::chrono::seconds(1)); });
  // CHECK: handlers.cpp:[[@LINE+1]]:29: error: {{.*}}cancel` uses an object that another handler may be using: several threads run the loop, and nothing keeps these handlers apart [LOOP501]
  asio::post(context, [&] { timer.cancel(); });
  asio::post(context, [&] {
    other.async_wait([&](asio::error_code) { other.cancel(); });
  });
  if (other.expiry() < ended.expiry())
    asio::post(context, [&] { ended.expires_after(std::chrono::seconds(1)); });
  else
    asio::post(context, [&] { ended.cancel(); });
  std::thread first([&] { context.run(); });
  std::thread second([&] { context.run(); });
  first.join();
  second.join();
}
//--- pool.cpp
#include <asio.hpp>
#include <memory>
#include <thread>
#include <vector>

class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(asio::io_context &context) : socket(context), timer(context) {}
  void start() {
    read();
    watch();
  }

private:
  void read() {
    auto self = shared_from_this();
    socket.async_read_some(asio::buffer(bytes), [this, self](asio::error_code code, std::size_t) {
      if (!code)
        read();
    });
  }
  void watch() {
    auto self = shared_from_this();
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this, self](asio::error_code code) {
      // CHECK: pool.cpp:[[@LINE+2]]:9: error: {{.*}}close` uses an object that another handler may be using{{.*}} [LOOP501]
      if (!code)
        socket.close();
    });
  }
  char bytes[16];
  asio::steady_timer timer;
  friend class Server;
  asio::ip::tcp::socket socket;
};

// Nothing is known of the socket that the library makes.
class Accepted {
public:
  explicit Accepted(asio::ip::tcp::socket socket) : socket(std::move(socket)) {}
  void FN_start() {
    socket.async_read_some(asio::buffer(bytes), [this](asio::error_code, std::size_t) { socket.close(); });
    asio::async_write(socket, asio::buffer(bytes), [this](asio::error_code, std::size_t) { socket.close(); });
  }

private:
  asio::ip::tcp::socket socket;
  char bytes[16];
};

class Server {
public:
  explicit Server(asio::io_context &context) : context(context), acceptor(context, {asio::ip::tcp::v4(), 8080}) {
    accept();
    acceptor.async_accept([](asio::error_code, asio::ip::tcp::socket socket) {
      (new Accepted(std::move(socket)))->FN_start();
    });
  }

private:
  void accept() {
    auto session = std::make_shared<Session>(context);
    acceptor.async_accept(session->socket, [this, session](asio::error_code code) {
      if (!code)
        session->start();
      accept();
    });
  }
  asio::io_context &context;
  asio::ip::tcp::acceptor acceptor;
};

int main() {
  asio::io_context context;
  Server server(context);
  std::vector<std::thread> crew;
  for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i)
    crew.emplace_back([&] { context.run(); });
  context.run();
  for (std::thread &each : crew)
    each.join();
}
//--- coroutines.cpp
#include <asio.hpp>
#include <thread>

static asio::awaitable<void> reads(asio::ip::tcp::socket &socket) {
  char bytes[16];
  for (;;)
    co_await socket.async_read_some(asio::buffer(bytes), asio::use_awaitable);
}

static asio::awaitable<void> writes(asio::ip::tcp::socket &socket) {
  // CHECK: coroutines.cpp:[[@LINE+1]]:3: error: `asio::async_write` uses an object that another handler may be using{{.*}} [LOOP501]
  co_await asio::async_write(socket, asio::buffer("a", 1), asio::use_awaitable);
}

static asio::awaitable<void> alone_ok(asio::ip::tcp::socket &socket) {
  char bytes[16];
  co_await socket.async_read_some(asio::buffer(bytes), asio::use_awaitable);
  co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
  socket.close();
}

int main() {
  asio::io_context context;
  asio::ip::tcp::socket socket(context), quiet(context);
  asio::co_spawn(context, reads(socket), asio::detached);
  asio::co_spawn(context, writes(socket), asio::detached);
  asio::co_spawn(context, alone_ok(quiet), asio::detached);
  std::thread other([&] { context.run(); });
  context.run();
  other.join();
}
//--- one_thread_ok.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  asio::steady_timer timer(context);
  asio::post(context, [&] { timer.expires_after(std::chrono::seconds(1)); });
  asio::post(context, [&] { timer.cancel(); });
  std::thread only([&] { context.run(); });
  only.join();
}
//--- strand_ok.cpp
#include <asio.hpp>
#include <thread>

int main() {
  asio::io_context context;
  auto strand = asio::make_strand(context);
  asio::steady_timer timer(strand);
  asio::post(strand, [&] { timer.expires_after(std::chrono::seconds(1)); });
  asio::post(asio::bind_executor(strand, [&] { timer.cancel(); }));
  std::thread first([&] { context.run(); });
  context.run();
  first.join();
}
//--- wrapped_ok.cpp
#include <asio.hpp>
#include <thread>

class Watch {
public:
  explicit Watch(asio::io_context &context) : strand(context), timer(context) {
    asio::post(context, asio::bind_executor(strand, [this] { timer.expires_after(std::chrono::seconds(1)); }));
    asio::post(context, asio::bind_executor(strand, [this] { timer.cancel(); }));
  }

private:
  asio::io_context::strand strand;
  asio::steady_timer timer;
};

int main() {
  asio::io_context context;
  Watch watch(context);
  std::thread first([&] { context.run(); });
  context.run();
  first.join();
}
//--- locked_ok.cpp
#include <asio.hpp>
#include <mutex>
#include <thread>

int main() {
  asio::io_context context;
  asio::steady_timer timer(context);
  std::mutex mutex;
  asio::post(context, [&] {
    std::lock_guard<std::mutex> lock(mutex);
    timer.expires_after(std::chrono::seconds(1));
  });
  asio::post(context, [&] {
    std::lock_guard<std::mutex> lock(mutex);
    timer.cancel();
  });
  std::thread first([&] { context.run(); });
  context.run();
  first.join();
}
//--- context_for_each_ok.cpp
#include <asio.hpp>
#include <memory>
#include <thread>
#include <vector>

int main() {
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::vector<std::unique_ptr<asio::steady_timer>> timers;
  std::vector<std::thread> crew;
  for (int i = 0; i < 4; ++i) {
    contexts.push_back(std::make_unique<asio::io_context>());
    asio::io_context &context = *contexts.back();
    timers.push_back(std::make_unique<asio::steady_timer>(context));
    asio::steady_timer &timer = *timers.back();
    asio::post(context, [&] { timer.expires_after(std::chrono::seconds(1)); });
    asio::post(context, [&] { timer.cancel(); });
  }
  for (auto &context : contexts)
    crew.emplace_back([&context] { context->run(); });
  for (std::thread &each : crew)
    each.join();
}
//--- object_for_each_ok.cpp
#include <asio.hpp>
#include <thread>

class Ticker {
public:
  explicit Ticker(asio::io_context &context) : timer(context) {}
  void start() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](asio::error_code) { start(); });
  }

private:
  asio::steady_timer timer;
};

class Tickers {
public:
  explicit Tickers(asio::io_context &context) : first(context), second(context) {}
  void start() {
    first.start();
    second.start();
  }

private:
  Ticker first;
  Ticker second;
};

int main() {
  asio::io_context context;
  Tickers tickers(context);
  tickers.start();
  std::thread other([&] { context.run(); });
  context.run();
  other.join();
}
