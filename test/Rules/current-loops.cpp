// The current loop of the program's own: a variable of which each thread has one. Who asks for it on a thread that has
// none, or before main has begun, gets the wrong one.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <deque>
#include <functional>
#include <stdexcept>
#include <thread>

class Engine {
public:
  Engine();
  ~Engine();
  static Engine &here();
  static Engine *checked();
  void add(std::function<void()> work) { queue.push_back(std::move(work)); }
  void turn() {
    while (!queue.empty()) {
      auto work = std::move(queue.front());
      queue.pop_front();
      work();
    }
  }

private:
  std::deque<std::function<void()>> queue;
};

static thread_local Engine *engine = nullptr;
Engine::Engine() { engine = this; }
Engine::~Engine() { engine = nullptr; }
Engine &Engine::here() { return *engine; }
Engine *Engine::checked() {
  if (!engine)
    throw std::logic_error("no engine on this thread");
  return engine;
}

// A loop of which each thread has one anyway, from its first use on.
class Fallback {
public:
  static Fallback *here();
  void add(std::function<void()> work) { queue.push_back(std::move(work)); }
  void turn() {
    while (!queue.empty()) {
      auto work = std::move(queue.front());
      queue.pop_front();
      work();
    }
  }

private:
  std::deque<std::function<void()>> queue;
};

static thread_local Fallback own;
static thread_local Fallback *installed = nullptr;
Fallback *Fallback::here() { return installed ? installed : &own; }
void install(Fallback *loop) { installed = loop; }

template <class F> void again(int times, F attempt) {
  if (times == 0 || attempt())
    return;
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `Engine::here` on a worker thread that has no event loop finds none of that thread [LOOP101]
  Engine::here().add([=] { again(times - 1, attempt); });
}

void bad_on_a_thread() {
  std::thread([] { again(2, [] { return false; }); }).join();
  // CHECK: program.cpp:[[@LINE+1]]:20: error: `Engine::checked` on a worker thread that has no event loop{{.*}} [LOOP101]
  std::thread([] { Engine::checked()->add([] {}); }).join();
}

void ok_thread_with_its_own() {
  std::thread([] {
    Engine mine;
    Engine::here().add([] {});
    mine.turn();
  }).join();
  std::thread([] {
    Fallback::here()->add([] {});
    Fallback::here()->turn();
  }).join();
}

class Metrics {
public:
  // CHECK: program.cpp:[[@LINE+1]]:22: warning: `Fallback::here` asks for the current loop before `main` has begun [LOOP103]
  Metrics() : engine(Fallback::here()) {}
  void count() {
    engine->add([this] { ++hits; });
  }

private:
  Fallback *engine;
  int hits = 0;
};

static Metrics metrics;

int main() {
  {
    Fallback fallback;
    install(&fallback);
    fallback.add([] { metrics.count(); });
    fallback.turn();
    install(nullptr);
  }
  Engine mine;
  Engine::here().add([] { Engine::checked()->add([] {}); });
  mine.turn();
  bad_on_a_thread();
  ok_thread_with_its_own();
}
