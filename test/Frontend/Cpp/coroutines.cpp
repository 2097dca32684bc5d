// Coroutines and completion handlers of Asio: awaits stand on what was written.
// RUN: %looplint-cxx --print %s -- -std=c++20 -DASIO_HAS_CO_AWAIT=1 -DASIO_HAS_STD_COROUTINE=1 | FileCheck %s --implicit-check-not='error at'
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>

#include <chrono>

using namespace std::chrono_literals;
using asio::awaitable;

// CHECK: module

// CHECK-LABEL: async def wait(timer: entity c++.asio.basic_waitable_timer) -> entity c++.asio.awaitable
awaitable<int> wait(asio::steady_timer &timer) {
  timer.expires_after(150ms);
  // CHECK-NEXT: call (timer as entity c++.asio.basic_waitable_timer).expires_after(150/1000
  co_await timer.async_wait(asio::use_awaitable);
  // CHECK-NEXT: #1 call (timer as entity c++.asio.basic_waitable_timer).async_wait((entity c++.asio.use_awaitable as entity c++.asio.use_awaitable_t)
  // CHECK-NEXT: await (result #1 as entity c++.asio.awaitable) discarded
  co_return 1;
  // CHECK-NEXT: return 1
}

// CHECK-LABEL: async def first(
awaitable<void> first(asio::steady_timer &a, asio::steady_timer &b) {
  using namespace asio::experimental::awaitable_operators;
  auto result = co_await (wait(a) || wait(b));
  // CHECK-NEXT: #0 call entity c++.wait(
  // CHECK-NEXT: #1 call entity c++.wait(
  // CHECK-NEXT: #2 call entity c++.asio.experimental.awaitable_operators.operator||(
  // CHECK-NEXT: #3 await
  // CHECK-NEXT: result = (awaited #3 as
}

// CHECK-LABEL: def main()
int main() {
  asio::io_context io{1};
  // CHECK-NEXT: #0 call entity c++.asio.io_context(1)
  // CHECK-NEXT: io = result #0
  auto guard = asio::make_work_guard(io);
  asio::co_spawn(io, [&]() -> awaitable<void> {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    (void)wait(timer);
  }, asio::detached);
  // CHECK: call entity c++.asio.co_spawn((io as entity c++.asio.io_context), function main.<lambda>, (entity c++.asio.detached as entity c++.asio.detached_t)) discarded
  asio::post(io, [&io] { io.stop(); });
  // CHECK: call entity c++.asio.post((io as entity c++.asio.io_context), function main.<lambda>) discarded
  io.run();
  // CHECK: call (io as entity c++.asio.io_context).run() discarded
  // CHECK: call (io as entity c++.asio.io_context).~() discarded
}
// CHECK-LABEL: async def main.<lambda>() -> entity c++.asio.awaitable
// CHECK-NEXT: #0 await (entity c++.asio.this_coro.executor as entity c++.asio.this_coro.executor_t)
// CHECK-NEXT: #1 call entity c++.asio.basic_waitable_timer((awaited #0 as
// CHECK-NEXT: timer = result #1
// CHECK-NEXT: #3 call entity c++.wait((timer as entity c++.asio.basic_waitable_timer)) discarded
// CHECK-NEXT: #4 call (result #3 as entity c++.asio.awaitable).~() discarded
// CHECK-NEXT: #5 call (timer as entity c++.asio.basic_waitable_timer).~() discarded
// CHECK-LABEL: def main.<lambda>()
// CHECK-NEXT: call (main:io as entity c++.asio.io_context).stop() discarded
