// Loops of C++ that a function makes, runs and does not close on every path. A run ends when nothing is left to do.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: %looplint check --no-cache --exit-zero --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <uv.h>

#include <memory>

bool early_bad(const char *path) {
  auto loop = std::make_unique<uv_loop_t>();
  // CHECK: program.cpp:[[@LINE+1]]:7: warning: the loop that `uv_loop_init` makes is not closed on every path [LOOP401]
  if (uv_loop_init(loop.get()) != 0)
    return false; // none was made
  uv_fs_t request;
  uv_fs_stat(loop.get(), &request, path, [](uv_fs_t *) {});
  uv_run(loop.get(), UV_RUN_DEFAULT);
  if (request.result != 0)
    return false;
  uv_loop_close(loop.get());
  return true;
}

bool early_ok(const char *path) {
  auto loop = std::make_unique<uv_loop_t>();
  if (uv_loop_init(loop.get()) != 0)
    return false;
  uv_fs_t request;
  uv_fs_stat(loop.get(), &request, path, [](uv_fs_t *) {});
  uv_run(loop.get(), UV_RUN_DEFAULT);
  bool found = request.result == 0;
  uv_loop_close(loop.get());
  return found;
}

// A server's loop is there for as long as the process is.
void FP_server() {
  static uv_loop_t loop;
  uv_loop_init(&loop);
  uv_run(&loop, UV_RUN_DEFAULT);
}

class Closing {
public:
  Closing() { uv_loop_init(&loop); }
  ~Closing() { uv_loop_close(&loop); }
  uv_loop_t loop;
};

bool FP_closed_by_its_owner(bool fast) {
  Closing owner;
  uv_run(&owner.loop, UV_RUN_DEFAULT);
  if (fast)
    return true;
  uv_run(&owner.loop, UV_RUN_DEFAULT);
  return false;
}

// A loop is not closed as long as a handle is on it.
class Countdown {
public:
  Countdown() {
    uv_loop_init(&loop);
    uv_timer_init(&loop, &timer);
  }
  ~Countdown() {
    uv_timer_stop(&timer);
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `uv_loop_close` does not close the loop: what `uv_timer_init` has put on it is never taken away [LOOP401]
    uv_loop_close(&loop);
  }
  void run() { uv_run(&loop, UV_RUN_DEFAULT); }

private:
  uv_loop_t loop{};
  uv_timer_t timer{};
};

class ClosingCountdown {
public:
  ClosingCountdown() {
    uv_loop_init(&loop);
    uv_timer_init(&loop, &timer);
  }
  ~ClosingCountdown() {
    uv_close(reinterpret_cast<uv_handle_t *>(&timer), nullptr);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  }
  void run() { uv_run(&loop, UV_RUN_DEFAULT); }

private:
  uv_loop_t loop{};
  uv_timer_t timer{};
};

int main(int count, char **values) {
  Countdown().run();
  ClosingCountdown().run();
  FP_closed_by_its_owner(count == 2);
  early_ok(values[0]);
  early_bad(values[0]);
  FP_server();
}
