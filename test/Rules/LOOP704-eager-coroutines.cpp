// A coroutine that begins when it is called has its captures until it first waits.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --select LOOP704 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <coroutine>
#include <cstdio>
#include <string>

struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

std::suspend_always send(std::string text);

struct Session {
  std::string name;

  void FP_runs_to_its_end() {
    [this]() -> Detached {
      std::puts(name.c_str());
      co_return;
    }();
  }

  void FP_copies_first(std::string text) {
    [this](std::string text) -> Detached {
      std::string own = name + text;
      co_await send(name);
      std::puts(own.c_str());
    }(text);
  }

  void FP_other_branch(bool quick) {
    [this, quick]() -> Detached {
      if (quick)
        co_await send("quick");
      else
        std::puts(name.c_str());
    }();
  }

  void FP_does_it_once() {
    [this]() -> Detached {
      do {
        co_await send(name);
      } while (false);
    }();
  }

  void bad_uses_it_later() {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: {{.*}}`this` among them
    [this]() -> Detached {
      co_await send("first");
      std::puts(name.c_str());
    }();
  }

  void FN_comes_round_again(int count) {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: {{.*}} among them
    [this](int count) -> Detached {
      for (int i = 0; i < count; ++i) {
        std::puts(name.c_str());
        co_await send("next");
      }
    }(count);
  }
};

// Nothing instantiates it, so nothing but its promise says that it begins at once.
template <typename Value> struct Uninstantiated {
  Value value;

  Value double_it(Value own) { return value + own; }

  void FP_uses_it_before() {
    [this](Value own) -> Detached {
      double_it(own);
      co_await send("once");
    }(value);
  }

  void bad_uses_it_later() {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: {{.*}}`this` among them
    [this](Value own) -> Detached {
      co_await send("once");
      double_it(own);
    }(value);
  }
};
