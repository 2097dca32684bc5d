// What tokens make of operations, and of those who write operations of their own.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <asio/experimental/deferred.hpp>
#include <memory>

using asio::experimental::deferred;

// What a deferred operation goes on with is started by who starts the whole.
static void twice_ok(asio::steady_timer &timer) {
  auto both = timer.async_wait(deferred([&timer](asio::error_code) { return timer.async_wait(deferred); }));
  std::move(both)([](asio::error_code) {});
}

static void dropped_bad(asio::steady_timer &timer) {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: the coroutine of `asio::basic_waitable_timer::async_wait` is dropped and never awaited{{.*}}[LOOP701]
  timer.async_wait(deferred);
}

// The handler that stands for the token is a function, whatever the token is.
template <class Handler> static void begin(Handler &&handler, asio::steady_timer &timer) {
  timer.async_wait(std::forward<Handler>(handler));
}

template <class Token> static auto nap(asio::steady_timer &timer, Token &&token) {
  return asio::async_initiate<Token, void(asio::error_code)>(
      [&timer](auto handler) { begin(std::move(handler), timer); }, token);
}

static asio::awaitable<void> naps_ok(asio::steady_timer &timer) {
  co_await nap(timer, asio::use_awaitable);
  nap(timer, [](asio::error_code) {});
}

static asio::awaitable<void> naps_bad(asio::steady_timer &timer) {
  // CHECK: program.cpp:[[@LINE+1]]:3: error: the coroutine of `asio::async_initiate` is dropped and never awaited{{.*}}[LOOP701]
  nap(timer, asio::use_awaitable);
  co_return;
}

int main() {
  asio::io_context context;
  asio::steady_timer timer(context, std::chrono::seconds(1));
  twice_ok(timer);
  dropped_bad(timer);
  asio::co_spawn(context, naps_ok(timer), asio::detached);
  asio::co_spawn(context, naps_bad(timer), asio::detached);
  context.run();
}
