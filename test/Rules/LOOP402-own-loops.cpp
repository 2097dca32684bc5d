// A loop of the program's own type ends and stays the thread's current one.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -pthread
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <deque>
#include <functional>
#include <thread>

class Engine {
public:
  void add(std::function<void()> work) { queue.push_back(std::move(work)); }
  void turn() {
    while (!queue.empty()) {
      auto work = std::move(queue.front());
      queue.pop_front();
      work();
    }
  }
  static Engine *here();
  static void install(Engine *engine);

private:
  std::deque<std::function<void()>> queue;
};

static thread_local Engine *installed = nullptr;
Engine *Engine::here() { return installed; }
void Engine::install(Engine *engine) { installed = engine; }

class Installed {
public:
  explicit Installed(Engine &engine) { Engine::install(&engine); }
  ~Installed() { Engine::install(nullptr); }
};

void FP_taken_back_by_its_owner() {
  Engine engine;
  Installed current(engine);
  engine.add([] {});
  engine.turn();
}

// Another one takes its place before anybody asks.
void FP_replaced() {
  Engine first;
  Engine::install(&first);
  first.turn();
  Engine second;
  Engine::install(&second);
  Engine::here()->add([] {});
  second.turn();
  Engine::install(nullptr);
}

void job_bad() {
  Engine engine;
  Engine::install(&engine);
  engine.add([] { Engine::here()->add([] {}); });
  engine.turn();
  // CHECK: program.cpp:[[@LINE+1]]:1: warning: `Engine::~Engine` closes a loop that stays the thread's current loop: who asks for it next gets a loop that is gone [LOOP402]
}

int main() {
  FP_taken_back_by_its_owner();
  FP_replaced();
  job_bad();
  // CHECK: program.cpp:[[@LINE+1]]:3: error: `Engine::here` asks for the current loop where none runs and gets one that is gone [LOOP102]
  Engine::here()->add([] {});
}
