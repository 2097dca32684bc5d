// The future of a packaged task comes from the loop that calls the task.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise --select LOOP203 . | FileCheck %s --implicit-check-not='{{error|warning}}:'
// RUN: cd %t && %compile-commands . -std=c++20 -pthread -DSEVERAL
// RUN: cd %t && %looplint check --no-cache --output-format=concise --select LOOP203 . | FileCheck %s --check-prefix=SEVERAL --allow-empty
// SEVERAL-NOT: {{error|warning}}:
#include <asio.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

class Runner {
public:
  Runner() : thread([this] { run(); }) {}
  ~Runner() {
    post(nullptr);
    thread.join();
  }
  template <typename Callable> auto ask(Callable callable) -> std::future<decltype(callable())> {
    auto task = std::make_shared<std::packaged_task<decltype(callable())()>>(std::move(callable));
    auto answer = task->get_future();
    post([task] { (*task)(); });
    return answer;
  }
  void post(std::function<void()> callable) {
    std::lock_guard<std::mutex> guard(mutex);
    queue.push_back(std::move(callable));
    filled.notify_one();
  }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex);
      filled.wait(lock, [this] { return !queue.empty(); });
      auto callable = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      if (!callable)
        return;
      callable();
    }
  }
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<std::function<void()>> queue;
  std::thread thread;
};

struct Table {
  int row = 1;
  Runner runner;
  int read_bad() {
    // CHECK: program.cpp:[[@LINE+1]]:12: error: `std::future::get` waits on the loop's own thread for work that needs that loop
    return runner.ask([this] { return row; }).get();
  }
  int sum_ok() { return runner.ask([this] { return read_bad() + 1; }).get(); }
};

#ifdef SEVERAL
// With several such loops in a program it is not known which queue is whose.
struct Pair {
  Runner front, back;
  // The other loop does the work.
  int FP_asks_the_other() {
    return front.ask([this] { return back.ask([] { return 2; }).get(); }).get();
  }
  // The result is there.
  int FP_has_it_already() {
    return front
        .ask([] {
          std::packaged_task<int()> task([] { return 3; });
          auto answer = task.get_future();
          task();
          return answer.get();
        })
        .get();
  }
  // A thread of its own calls it.
  int FP_on_a_thread() {
    return front
        .ask([] {
          auto task = std::make_shared<std::packaged_task<int()>>([] { return 4; });
          auto answer = task->get_future();
          std::thread([task] { (*task)(); }).detach();
          return answer.get();
        })
        .get();
  }
};

#else
void FN_given_to_the_loop_itself(asio::io_context &context) {
  asio::post(context, [&context] {
    std::packaged_task<int()> task([] { return 5; });
    std::future<int> answer = task.get_future();
    asio::post(context, std::move(task));
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `std::future::get` waits on the loop's own thread for work that needs that loop
    answer.get();
  });
}

#endif

int main() {
#ifdef SEVERAL
  Pair pair;
  pair.FP_asks_the_other();
  pair.FP_has_it_already();
  pair.FP_on_a_thread();
#else
  Table table;
  table.sum_ok();
  asio::io_context context;
  FN_given_to_the_loop_itself(context);
  context.run();
#endif
}
