// A loop type of the program's own is known by what its methods do, whatever they are called.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

class Engine {
public:
  void hand(std::function<void()> work) {
    std::lock_guard<std::mutex> guard(mutex);
    incoming.push_back(std::move(work));
  }
  void next(std::function<void()> work) { own.push_back(std::move(work)); }
  void turn() {
    while (!own.empty() || !incoming.empty()) {
      std::deque<std::function<void()>> batch;
      {
        std::lock_guard<std::mutex> guard(mutex);
        batch.swap(incoming);
      }
      while (!own.empty()) {
        auto work = std::move(own.front());
        own.pop_front();
        work();
      }
      for (auto &work : batch)
        work();
    }
  }

private:
  std::mutex mutex;
  std::deque<std::function<void()>> incoming;
  std::deque<std::function<void()>> own;
};

void bad_turns_again(Engine &engine) {
  // CHECK: program.cpp:[[@LINE+1]]:27: error: `Engine::turn` runs a loop inside a running loop, which is undefined behaviour
  engine.hand([&engine] { engine.turn(); });
}

void bad_unlocked_from_a_thread(Engine &engine) {
  std::thread([&engine] {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `Engine::next` is called on a worker thread
    engine.next([] {});
  }).detach();
}

void ok_locked_from_a_thread(Engine &engine) {
  std::thread([&engine] { engine.hand([] {}); }).detach();
}

// A queue of jobs looks the same, and its jobs may take their time.
void FP_job_that_sleeps(Engine &engine) {
  engine.hand([] { std::this_thread::sleep_for(std::chrono::seconds(1)); });
}

// Listeners stay where they are: to call them is no turn of a loop.
class Signal {
public:
  void connect(std::function<void()> slot) { slots.push_back(std::move(slot)); }
  void emit() {
    for (auto &slot : slots)
      slot();
  }

private:
  std::deque<std::function<void()>> slots;
};

void FP_signal_in_a_slot(Signal &signal, Signal &other) {
  signal.connect([&other] { other.emit(); });
  other.connect([&signal] { signal.emit(); });
  signal.emit();
}

// One run in several methods.
class Stepwise {
public:
  void add(std::function<void()> work) { queue.push_back(std::move(work)); }
  void at_end(std::function<void()> work) { last.push_back(std::move(work)); }
  void loop() {
    while (!isDone)
      step();
    while (!last.empty()) {
      auto work = std::move(last.front());
      last.pop_front();
      work();
    }
  }

private:
  void step() {
    while (!queue.empty()) {
      auto work = std::move(queue.front());
      queue.pop_front();
      work();
    }
  }
  bool isDone = false;
  std::deque<std::function<void()>> queue;
  std::deque<std::function<void()>> last;
};

void FP_steps_of_one_run() {
  Stepwise stepwise;
  stepwise.add([] {});
  stepwise.at_end([] {});
  stepwise.loop();
}

// Timers that something else turns: what is due is run once, on the loop that does.
class Timers {
public:
  void add(int due, std::function<void()> work) { waiting[due] = std::move(work); }
  void tick(int now) {
    std::deque<int> done;
    for (const auto &each : waiting)
      if (each.first < now) {
        each.second();
        done.push_back(each.first);
      }
    for (int due : done)
      waiting.erase(due);
  }

private:
  std::map<int, std::function<void()>> waiting;
};

void FP_tick_on_a_loop(Engine &engine, Timers &timers) {
  timers.add(1, [] {});
  engine.hand([&timers] { timers.tick(2); });
}

// What other threads have left is run and done with, on a loop of a library's.
class Mailbox {
public:
  void post(std::function<void()> work) {
    std::lock_guard<std::mutex> guard(mutex);
    letters.push_back(std::move(work));
  }
  void drain() {
    std::deque<std::function<void()>> batch;
    {
      std::lock_guard<std::mutex> guard(mutex);
      batch.swap(letters);
    }
    while (!batch.empty()) {
      batch.front()();
      batch.pop_front();
    }
  }

private:
  std::mutex mutex;
  std::deque<std::function<void()>> letters;
};

void FP_drains_on_a_loop(Engine &engine, Mailbox &mailbox) {
  mailbox.post([] {});
  engine.hand([&mailbox] { mailbox.drain(); });
}

// What a function keeps for each thread is no variable of the function.
int &FP_counter_of_a_thread() {
  static thread_local int calls;
  return ++calls;
}

// As many write it: what is called has a name that is made before the lock is taken.
class Reactor {
public:
  void post(std::function<void()> work) {
    std::lock_guard<std::mutex> guard(mutex);
    queue.push_back(std::move(work));
    filled.notify_one();
  }
  void later(std::function<void()> work) { queue.push_back(std::move(work)); }
  void run() {
    while (!isStopped) {
      std::function<void()> work;
      {
        std::unique_lock<std::mutex> lock(mutex);
        filled.wait(lock, [this] { return !queue.empty(); });
        work = std::move(queue.front());
        queue.pop_front();
      }
      work();
    }
  }
  void stop() {
    post([this] { isStopped = true; });
  }

private:
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<std::function<void()>> queue;
  bool isStopped = false;
};

void FN_named_before(Reactor &reactor) {
  // CHECK: program.cpp:[[@LINE+1]]:29: error: `Reactor::run` runs a loop inside a running loop, which is undefined behaviour
  reactor.post([&reactor] { reactor.run(); });
  std::thread([&reactor] {
    // CHECK: program.cpp:[[@LINE+1]]:5: error: `Reactor::later` is called on a worker thread
    reactor.later([] {});
    reactor.stop();
  }).detach();
}

int main() {
  FP_counter_of_a_thread();
  Timers timers;
  FP_steps_of_one_run();
  Signal signal;
  Signal other;
  FP_signal_in_a_slot(signal, other);
  Engine engine;
  bad_turns_again(engine);
  bad_unlocked_from_a_thread(engine);
  ok_locked_from_a_thread(engine);
  FP_job_that_sleeps(engine);
  FP_tick_on_a_loop(engine, timers);
  Mailbox mailbox;
  FP_drains_on_a_loop(engine, mailbox);
  engine.turn();
  Reactor reactor;
  FN_named_before(reactor);
  reactor.run();
}
