// What an overridden method of an interface would do itself is shown only on demand: what is there is mostly an object of a
// class that overrides it.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'
// RUN: not %looplint check --no-cache --output-format=concise --confidence=possible src | FileCheck %s --check-prefix=ALL

//--- src/main.cpp
#include <functional>
#include <thread>
#include <uv.h>

struct Mediator {
  virtual ~Mediator() = default;
  virtual void run(std::function<void()> call) { call(); }
};

struct Loose {
  void run(std::function<void()> call) { call(); }
};

uv_async_t wake;
std::function<void()> todo;

struct LoopMediator : Mediator {
  void run(std::function<void()> call) override {
    todo = call;
    uv_async_send(&wake);
  }
};

uv_timer_t timer;
LoopMediator known;
Mediator &chosen(); // by what is not part of the program

// FP_: the loop's mediator hands the call over.
// ALL: main.cpp:[[#@LINE+3]]:{{.*}}`uv_timer_stop` {{.*}} [LOOP501]
struct Fetcher {
  Mediator &mediator;
  void work() { mediator.run([] { uv_timer_stop(&timer); }); }
};

// CHECK: main.cpp:[[#@LINE+2]]:{{.*}}`uv_timer_stop` {{.*}} [LOOP501]
struct Direct {
  void work(Loose &loose) { loose.run([] { uv_timer_stop(&timer); }); }
};

int main() {
  uv_loop_t *loop = uv_default_loop();
  uv_async_init(loop, &wake, [](uv_async_t *) { todo(); });
  uv_timer_init(loop, &timer);
  uv_timer_start(&timer, [](uv_timer_t *) {}, 1000, 1000);
  Fetcher *fetcher = new Fetcher{chosen()};
  std::thread fetching([fetcher] { fetcher->work(); });
  std::thread direct([] {
    Loose loose;
    Direct().work(loose);
  });
  uv_run(loop, UV_RUN_DEFAULT);
  fetching.join();
  direct.join();
}
