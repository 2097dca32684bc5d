// The wait of a loop whose code is part of the program.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <poll.h>
#include <unistd.h>

struct uv_loop_t {
  pollfd descriptors[8];
};
struct uv_timer_t {
  uv_loop_t *loop;
};
using uv_timer_cb = void (*)(uv_timer_t *);

uv_loop_t *uv_default_loop();
int uv_timer_start(uv_timer_t *timer, uv_timer_cb callback, unsigned long timeout, unsigned long repeat);

static void FP_wait(uv_loop_t *loop, int timeout) { ::poll(loop->descriptors, 8, timeout); }

int uv_run(uv_loop_t *loop, int mode) {
  while (mode == 0)
    FP_wait(loop, 1000);
  return 0;
}

static void bad_callback(uv_timer_t *timer) {
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `poll` stops the running loop
  poll(timer->loop->descriptors, 8, 1000);
}

int main() {
  uv_loop_t *loop = uv_default_loop();
  uv_timer_t timer{loop};
  uv_timer_start(&timer, bad_callback, 10, 0);
  return uv_run(loop, 0);
}
