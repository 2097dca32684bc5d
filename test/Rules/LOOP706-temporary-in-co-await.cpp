// What GCC 12 destroys twice; other compilers, and other versions, are right.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: sed 's:"c++":"/opt/gcc/bin/x86_64-linux-gnu-g++-12.2":' compile_commands.json > gcc12.json
// RUN: mkdir gcc12 && cp gcc12.json gcc12/compile_commands.json
// RUN: not %looplint check --no-cache -p gcc12 --select LOOP706 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
//
// RUN: mkdir gcc13 && sed 's:"c++":"g++-13":' compile_commands.json > gcc13/compile_commands.json
// RUN: %looplint check --no-cache -p gcc13 --select LOOP706 .
// RUN: mkdir clang && sed 's:"c++":"clang++-12":' compile_commands.json > clang/compile_commands.json
// RUN: %looplint check --no-cache -p clang --select LOOP706 .
//
// Behind a launcher, and as what a link leads to.
// RUN: mkdir cached && sed 's:"c++":"/usr/bin/ccache", "g++-12":' compile_commands.json > cached/compile_commands.json
// RUN: not %looplint check --no-cache -p cached --select LOOP706 . | FileCheck %s --check-prefix=ANY
// RUN: touch g++-12 && chmod +x g++-12 && ln -s g++-12 cc1 && mkdir linked && sed 's:"c++":"./cc1":' compile_commands.json > linked/compile_commands.json
// RUN: not %looplint check --no-cache -p linked --select LOOP706 . | FileCheck %s --check-prefix=ANY
// ANY: error: GCC 12 destroys
#include <asio.hpp>

#include <functional>
#include <memory>
#include <string>

using asio::awaitable;

awaitable<int> byFunction(std::function<int()> call) { co_return call(); }
template <class F> awaitable<int> byReference(F &&call) { co_return call(); }
template <class F> int now(F call) { return call(); }
awaitable<int> add(int value) { co_return value; }

awaitable<void> bad_captures_a_string(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:23: error: GCC 12 destroys what this lambda captures twice, as it is a temporary of the expression that is awaited: give it a name before [LOOP706]
  co_await byFunction([name] { return static_cast<int>(name.size()); });
}

awaitable<int> bad_is_passed_by_reference(std::shared_ptr<int> value) {
  // CHECK: program.cpp:[[@LINE+1]]:34: error: {{.*}} [LOOP706]
  co_return co_await byReference([kept = std::move(value)] { return *kept; });
}

awaitable<void> FN_is_called_on_the_way(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:20: error: {{.*}} [LOOP706]
  co_await add(now([name] { return 1; }));
}

awaitable<void> FN_is_called_at_once(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:12: error: {{.*}} [LOOP706]
  co_await [name]() -> awaitable<void> { co_return; }();
}

awaitable<void> FN_in_a_condition(std::string name) {
  // CHECK: program.cpp:[[@LINE+1]]:31: error: {{.*}} [LOOP706]
  if (1 < co_await byFunction([name] { return 1; }))
    co_return;
}

awaitable<void> ok_has_a_name(std::string name) {
  auto call = [name] { return 1; };
  co_await byFunction(call);
  co_await byFunction(std::move(call));
}

awaitable<void> ok_names_the_task(std::string name) {
  auto task = byFunction([name] { return 1; });
  co_await std::move(task);
}

awaitable<void> FP_has_nothing_to_destroy(std::string name, int count) {
  co_await byFunction([&name] { return static_cast<int>(name.size()); });
  co_await byFunction([count] { return count; });
  co_await byFunction([] { return 1; });
}

awaitable<void> FP_is_done_before(std::string name) {
  int value = now([name] { return 1; });
  co_await add(value);
}

awaitable<void> FP_awaits_in_the_lambda(std::string name) {
  auto outer = [name]() -> awaitable<void> { co_await add(1); };
  co_await outer();
}
