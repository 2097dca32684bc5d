// Functions, lambdas, member pointers and threads: what is handed on is a value.
// RUN: %looplint-cxx --print %s -- -std=c++20 | FileCheck %s
#include <functional>
#include <memory>
#include <thread>
#include <vector>

// CHECK-LABEL: {{^}}class Worker
// CHECK-NEXT:    __init__ = entity c++.Worker.__init__
// CHECK-NEXT:    start = entity c++.Worker.start
// CHECK-NEXT:    run = entity c++.Worker.run
// CHECK-NEXT:    stop = entity c++.Worker.stop
class Worker {
public:
  explicit Worker(std::function<void()> job) : job_(std::move(job)) {}
  void start();
  virtual void run();
  static void stop();

private:
  std::function<void()> job_;
  std::thread thread_;
  bool isDone_ = false;
  std::vector<std::function<void()>> later_;
};

// CHECK-LABEL: def Worker.__init__(this: entity c++.Worker, job: entity c++.std.function)
// CHECK-NEXT:    this.job_ = (job as entity c++.std.function)
// CHECK-NEXT:    call entity c++.std.thread()
// CHECK-NEXT:    this.thread_ = result #1
// CHECK-NEXT:    this.isDone_ = False

// CHECK-LABEL: def Worker.start(this: entity c++.Worker)
void Worker::start() {
  thread_ = std::thread(&Worker::run, this);
  // CHECK-NEXT: #0 call entity c++.std.thread(entity c++.Worker.run, this)
  // CHECK-NEXT: this.thread_ = result #0
  later_.push_back([this] { isDone_ = true; });
  // CHECK-NEXT: #2 call entity c++.std.function(function Worker.start.<lambda>, <0>=None)
  // CHECK-NEXT: #3 call (this.later_ as entity c++.std.vector).push_back(function Worker.start.<lambda>, <0>=entity c++.std.function) discarded
  // CHECK-NEXT: def Worker.start.<lambda>()
  // CHECK-NEXT:   Worker.start:this.isDone_ = True
}

// CHECK-LABEL: def Worker.run(this: entity c++.Worker)
void Worker::run() {
  if (job_)
    job_();
  // CHECK:      if this.job_
  // CHECK-NEXT:   call this.job_() discarded
  // CHECK-NEXT: end if
  for (auto &each : later_)
    each();
  // CHECK-NEXT: loop
  // CHECK-NEXT:   iterate (this.later_ as entity c++.std.vector)
  // CHECK-NEXT:   each = (element((this.later_ as entity c++.std.vector)) as entity c++.std.function)
  // CHECK-NEXT:   call each() discarded
  // CHECK-NEXT: end loop
}

static void helper(int count, void (*callback)(void *), void *data) {
  callback(data);
}

// CHECK-LABEL: def useAll() -> entity c++.Worker
std::unique_ptr<Worker> useAll() {
  auto worker = std::make_unique<Worker>([count = 2] { (void)count; });
  // CHECK-NEXT: count = 2
  // CHECK-NEXT: #1 call entity c++.std.make_unique(function useAll.<lambda>, <0>=entity c++.Worker)
  // CHECK-NEXT: worker = (result #1 as entity c++.Worker)
  worker->start();
  // CHECK-NEXT: call (worker as entity c++.Worker).start() discarded
  helper(3, [](void *data) { static_cast<Worker *>(data)->start(); }, worker.get());
  // CHECK-NEXT: #4 call (worker as entity c++.std.unique_ptr).get(<0>=entity c++.Worker)
  // CHECK-NEXT: call entity c++.helper(3, function useAll.<lambda>, (result #4 as entity c++.Worker)) discarded
  auto bound = std::bind(&Worker::run, worker.get());
  // CHECK-NEXT: #6 call
  // CHECK-NEXT: call entity c++.std.bind(entity c++.Worker.run, (result #6 as entity c++.Worker))
  Worker::stop();
  // CHECK: call entity c++.Worker.stop() discarded
  worker->Worker::run();
  // CHECK: call entity c++.Worker.run((worker as entity c++.Worker)) discarded
  return worker;
  // CHECK-NEXT: return (worker as entity c++.Worker)
}

enum Policy { inlined, posted };
int seed();
void schedule(Worker &worker, Policy policy = posted, bool wait = true,
              Worker *other = nullptr, int first = seed(), int last = 1 + 1) {}
// CHECK-LABEL: def schedule(worker: entity c++.Worker, policy = entity c++.posted, wait = True, other: entity c++.Worker = None, first = unknown(), last = unknown())

void scheduleOne(Worker &worker) {
  schedule(worker);
  // CHECK:      #0 call entity c++.seed()
  // CHECK-NEXT: #1 call entity c++.schedule((worker as entity c++.Worker), entity c++.posted, True, None, result #0, unknown(1, 1)) discarded
}
