// Jobs of a queue that the program has written itself may take their time: nobody knows whose thread that is.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20
// RUN: not %looplint check --no-cache --select LOOP601 --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <unistd.h>
#include <uv.h>

class Queue {
public:
  Queue() : worker([this] { work(); }) {}
  void put(std::function<void()> job) {
    std::lock_guard<std::mutex> lock(mutex);
    jobs.push(std::move(job));
    condition.notify_one();
  }

private:
  void work() {
    while (!isStopped) {
      std::function<void()> job;
      {
        std::unique_lock<std::mutex> lock(mutex);
        while (!isStopped && jobs.empty())
          condition.wait(lock);
        job = std::move(jobs.front());
        jobs.pop();
      }
      job();
    }
  }
  bool isStopped = false;
  std::queue<std::function<void()>> jobs;
  std::mutex mutex;
  std::condition_variable condition;
  std::thread worker;
};

static Queue &either(bool isFirst) {
  static Queue first;
  static Queue second;
  return isFirst ? first : second;
}

static void FP_job_of_either_queue(bool isFirst) {
  either(isFirst).put([] { sleep(2); });
}

static void FP_job_of_one_queue() {
  static Queue queue;
  queue.put([] { sleep(3); });
}

static void callback_bad(uv_timer_t *) {
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `sleep` stops the running loop{{.*}} [LOOP601]
  sleep(4);
}

int main(int count, char **) {
  FP_job_of_either_queue(count == 1);
  FP_job_of_one_queue();
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  uv_timer_start(&timer, callback_bad, 1, 0);
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
