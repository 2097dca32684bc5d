// A queue of jobs whose methods are defined in a file of their own, and that so many places make that they are not told apart.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -pthread
// RUN: not %looplint check --no-cache --select LOOP601 --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- src/queue.h
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

class Queue {
public:
  explicit Queue(unsigned workers);
  ~Queue();
  void put(const std::function<void()> &job);
  void put(std::function<void()> &&job);

private:
  void work(int number);
  std::queue<std::function<void()>> jobs;
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::condition_variable condition;
  bool isStopped = false;
};
//--- src/queue.cpp
#include "queue.h"

Queue::Queue(unsigned workers) {
  for (unsigned i = 0; i < workers; ++i)
    threads.push_back(std::thread(std::bind(&Queue::work, this, i)));
}

void Queue::put(const std::function<void()> &job) {
  std::lock_guard<std::mutex> lock(mutex);
  jobs.push(job);
  condition.notify_one();
}

void Queue::put(std::function<void()> &&job) {
  std::lock_guard<std::mutex> lock(mutex);
  jobs.push(std::move(job));
  condition.notify_one();
}

void Queue::work(int) {
  while (!isStopped) {
    std::function<void()> job;
    {
      std::unique_lock<std::mutex> lock(mutex);
      while (!isStopped && jobs.size() == 0)
        condition.wait(lock);
      if (jobs.size() == 0)
        continue;
      job = std::move(jobs.front());
      jobs.pop();
    }
    job();
  }
}

Queue::~Queue() {
  isStopped = true;
  condition.notify_all();
  for (std::thread &thread : threads)
    thread.join();
}
//--- src/main.cpp
#include "queue.h"
#include <unistd.h>
#include <uv.h>

static Queue &sharedQueue() {
  static Queue queue(4);
  return queue;
}

static void FP_jobs_of_many_queues() {
  Queue one(1), two(2), three(3), four(4), five(5), six(6), seven(7), eight(8);
  one.put([] { sleep(1); });
  two.put([] { sleep(2); });
  three.put([] { sleep(3); });
  four.put([] { sleep(4); });
  five.put([] { sleep(5); });
  six.put([] { sleep(6); });
  seven.put([] { sleep(7); });
  eight.put([] { sleep(8); });
  sharedQueue().put([] { sleep(9); });
}

static void callback_bad(uv_timer_t *) {
  // CHECK: main.cpp:[[@LINE+1]]:3: warning: `sleep` stops the running loop{{.*}} [LOOP601]
  sleep(10);
}

int main() {
  FP_jobs_of_many_queues();
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  uv_timer_start(&timer, callback_bad, 1, 0);
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
