// What a handler waits for on its way to the end of the program.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <uv.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

static bool isLogged = false;

static void FP_clean_up() { pclose(popen("iptables -F", "r")); }

// Called on the way out and on its own.
static void bad_both() {
  // CHECK: program.cpp:[[@LINE+2]]:3: warning: `pclose` stops the running loop{{.*}}[LOOP601]
  // CHECK: program.cpp:[[@LINE+1]]:10: warning: `popen` stops the running loop{{.*}}[LOOP601]
  pclose(popen("iptables -L", "r"));
}

static void leave(int status) {
  FP_clean_up();
  bad_both();
  exit(status);
}

static void on_signal(uv_signal_t *, int) {
  sleep(1); // FP: nothing comes behind it
  leave(0);
}

static void on_timer_bad(uv_timer_t *timer) {
  bad_both();
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `sleep` stops the running loop{{.*}}[LOOP601]
  sleep(2);
  if (isLogged)
    leave(1);
}

// It goes round before it comes to its end.
static void on_idle_bad(uv_idle_t *) {
  for (;;) {
    // CHECK: program.cpp:[[@LINE+1]]:5: warning: `sleep` stops the running loop{{.*}}[LOOP601]
    sleep(3);
    if (isLogged)
      exit(2);
  }
}

// What has to hold does.
static int is_ready() { return isLogged || errno == EAGAIN; }

static void on_close_bad(uv_handle_t *handle) {
  if (!(0 == uv_is_active(handle)))
    abort();
  if (!(1 == is_ready()))
    abort();
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `sleep` stops the running loop{{.*}}[LOOP601]
  sleep(4);
}

// The loop that it runs first has other callbacks.
int main() {
  uv_loop_t *loop = uv_default_loop();
  uv_signal_t signal;
  uv_timer_t timer;
  uv_idle_t idle;
  uv_signal_init(loop, &signal);
  uv_timer_init(loop, &timer);
  uv_idle_init(loop, &idle);
  uv_signal_start(&signal, on_signal, 2);
  uv_timer_start(&timer, on_timer_bad, 10, 0);
  uv_idle_start(&idle, on_idle_bad);
  uv_close(reinterpret_cast<uv_handle_t *>(&signal), on_close_bad);
  uv_run(loop, UV_RUN_DEFAULT);
  exit(0);
}
