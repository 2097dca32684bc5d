// Runs and callbacks that wait in vain: a loop that has come to its end, and the library's loop in a program that runs
// others.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -glib
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <asio.hpp>
#include <glib.h>

#include <exception>
#include <functional>
#include <thread>

class Fixture {
public:
  Fixture() : timer(context) {}
  int step_bad(int value) {
    int seen = -1;
    asio::post(context, [&seen, value] { seen = value; });
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `asio::io_context::run` returns at once: the loop has come to its end before and nobody has restarted it, so nothing that waits for it ever runs [LOOP304]
    context.run();
    return seen;
  }

private:
  asio::io_context context;
  asio::steady_timer timer;
};

class Restarting {
public:
  int step_ok(int value) {
    int seen = -1;
    context.restart();
    asio::post(context, [&seen, value] { seen = value; });
    context.run();
    return seen;
  }

private:
  asio::io_context context;
};

int fresh_ok() {
  asio::io_context context;
  asio::post(context, [] {});
  context.run();
  return 1;
}

void twice_bad() {
  asio::io_context context;
  context.run();
  asio::post(context, [] {});
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `asio::io_context::run` returns at once{{.*}} [LOOP304]
  context.run();
}

void twice_ok() {
  asio::io_context context;
  context.run();
  context.restart();
  context.run();
  context.run_for(std::chrono::milliseconds(1));
}

// What a handler throws leaves the loop as it is.
void FP_again_after_exceptions() {
  asio::io_context context;
  for (;;) {
    try {
      context.run();
      break;
    } catch (const std::exception &) {
    }
  }
}

// It comes back to itself until it is told to stop.
void FP_until_told(const bool &isStopped) {
  asio::io_context context;
  while (!isStopped) {
    try {
      context.run();
    } catch (const std::exception &) {
    }
  }
}

// Each round has a loop of its own.
void FP_one_after_the_other(int count) {
  for (int i = 0; i < count; ++i) {
    asio::io_context context;
    asio::post(context, [] {});
    context.run();
  }
}

// The crew runs what this thread runs, too.
class Crew {
public:
  Crew() { first = std::thread(std::bind(static_cast<std::size_t (asio::io_context::*)()>(&asio::io_context::run), &context)); }
  ~Crew() { first.join(); }
  void run() { context.run(); }

private:
  asio::io_context context;
  std::thread first;
};

// Several threads run one loop, each once.
void FP_pool() {
  asio::io_context context;
  std::thread first([&context] { context.run(); });
  std::thread second([&context] { context.run(); });
  context.run();
  first.join();
  second.join();
}

class Worker {
public:
  void run() {
    context = g_main_context_new();
    loop = g_main_loop_new(context, FALSE);
    g_main_context_push_thread_default(context);
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `g_timeout_add` gives its callback to the default loop, which nothing in the program runs: it is never called [LOOP304]
    g_timeout_add(5, &Worker::poll, this);
    GSource *stop = g_timeout_source_new(80);
    g_source_set_callback(stop, &Worker::quit, this, nullptr);
    g_source_attach(stop, context);
    g_source_unref(stop);
    g_main_loop_run(loop);
    g_main_context_pop_thread_default(context);
    g_main_loop_unref(loop);
    g_main_context_unref(context);
  }

private:
  static gboolean poll(gpointer) { return G_SOURCE_CONTINUE; }
  static gboolean quit(gpointer self) {
    g_main_loop_quit(static_cast<Worker *>(self)->loop);
    return G_SOURCE_REMOVE;
  }
  GMainContext *context = nullptr;
  GMainLoop *loop = nullptr;
};

int main() {
  Fixture fixture;
  fixture.step_bad(1);
  fixture.step_bad(2);
  Restarting restarting;
  restarting.step_ok(1);
  restarting.step_ok(2);
  fresh_ok();
  fresh_ok();
  twice_bad();
  twice_ok();
  FP_again_after_exceptions();
  FP_until_told(fixture.step_bad(3) != 3);
  FP_one_after_the_other(2);
  Crew().run();
  FP_pool();
  std::thread([] {
    Worker worker;
    worker.run();
  }).join();
}
