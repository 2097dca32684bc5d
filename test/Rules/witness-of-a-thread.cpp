// What is called back from a field, or overrides what a base class calls, is proved from the start of the thread on.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache kept.cpp | FileCheck %s --check-prefix=KEPT
// RUN: not %looplint check --no-cache assigned.cpp worker.cpp worker.h | FileCheck %s --check-prefix=ASSIGNED
// RUN: not %looplint check --no-cache override.cpp worker.cpp worker.h | FileCheck %s --check-prefix=OVERRIDE

//--- worker.h
#pragma once
#include <functional>

class Worker {
public:
  virtual ~Worker();
  void start();
  std::function<void(int)> finished;

protected:
  virtual void arrived(int count);

private:
  void work();
};
//--- worker.cpp
#include "worker.h"
#include <thread>

Worker::~Worker() {}
void Worker::start() {
  std::thread(&Worker::work, this).detach();
}
void Worker::arrived(int) {}
void Worker::work() {
  arrived(1);
  if (finished)
    finished(1);
}
//--- kept.cpp
#include <functional>
#include <thread>
#include <uv.h>

class Job {
public:
  explicit Job(std::function<void()> done) : done(std::move(done)) {}
  void start() {
    std::thread([this] { finish(); }).detach();
  }

private:
  void finish() { done(); }
  std::function<void()> done;
};

static void tick(uv_timer_t *) {}

int main() {
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  // KEPT: kept.cpp:[[@LINE+1]]:{{[0-9]+}}: error: `uv_timer_start` is called on a worker thread
  Job job([&] { uv_timer_start(&timer, tick, 1, 0); });
  job.start();
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
// KEPT: note: `uv_run` runs the loop on the main thread
// KEPT: kept.cpp:{{.*}} note: `std::thread` makes a lambda run on a worker thread
// KEPT: note: a lambda calls `Job::finish`
// KEPT: note: `Job::finish` calls a lambda
//--- assigned.cpp
#include "worker.h"
#include <uv.h>

static uv_timer_t timer;
static void tick(uv_timer_t *) {}

int main() {
  uv_timer_init(uv_default_loop(), &timer);
  Worker worker;
  // ASSIGNED: assigned.cpp:[[@LINE+1]]:{{[0-9]+}}: error: `uv_timer_start` is called on a worker thread
  worker.finished = [](int) { uv_timer_start(&timer, tick, 1, 0); };
  worker.start();
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
// ASSIGNED: worker.cpp:{{.*}}: note: `std::thread` makes `Worker::work` run on a worker thread
// ASSIGNED: worker.cpp:{{.*}}: note: `Worker::work` calls a lambda
//--- override.cpp
#include "worker.h"
#include <uv.h>

static uv_timer_t timer;
static void tick(uv_timer_t *) {}

class Counting : public Worker {
  // OVERRIDE: override.cpp:[[@LINE+1]]:{{[0-9]+}}: error: `uv_timer_start` is called on a worker thread
  void arrived(int) override { uv_timer_start(&timer, tick, 1, 0); }
};

int main() {
  uv_timer_init(uv_default_loop(), &timer);
  Counting worker;
  worker.start();
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
// OVERRIDE: worker.cpp:{{.*}}: note: `std::thread` makes `Worker::work` run on a worker thread
// OVERRIDE: worker.cpp:{{.*}}: note: `Worker::work` calls `Counting::arrived`
