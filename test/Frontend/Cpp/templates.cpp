// A template is its instantiations; without any it is its pattern.
// RUN: %looplint-cxx --print %s -- -std=c++20 | FileCheck %s --match-full-lines
namespace detail {
inline namespace v2 {
template <class Function> void runTwice(Function function) {
  function();
  function();
}
} // namespace v2
} // namespace detail

struct Job {
  void run();
  void stop();
};

template <class T> class Holder {
public:
  explicit Holder(T *held) : held(held) {}
  void run() { held->run(); }
  void stop() { held->stop(); }

private:
  T *held;
};

template <class T> struct Unused {
  T value;
  void go(int n) {
    value.go(n);
    detail::runTwice([this] { value.go(2); });
    helper(T(n));
  }
};

template <class... Parts> void all(Parts &...parts) { (parts.run(), ...); }

void use(Job &job) {
  Holder<Job> holder(&job);
  holder.run();
  detail::runTwice([&] { holder.run(); });
  auto each = [](auto value) { value->stop(); };
  each(&job);
  all(job, holder);
}

// Two lambdas, so two functions; what is not instantiated is not there.
// CHECK-LABEL:def detail.runTwice(function)
// CHECK-NEXT:  #0 call function() discarded
// CHECK-NEXT:  #1 call function() discarded
// CHECK-LABEL:def Holder.__init__(this: entity c++.Holder, held: entity c++.Job)
// CHECK-NEXT:  this.held = (held as entity c++.Job)
// CHECK-NEXT:def Holder.run(this: entity c++.Holder)
// CHECK-NEXT:  #0 call (this.held as entity c++.Job).run() discarded
// CHECK-NOT: def Holder.stop

// CHECK-LABEL:def Unused.go(this: entity c++.Unused, n)
// CHECK-NEXT:  #0 call this.value.go(n) discarded
// CHECK-NEXT:  #1 call entity c++.detail.runTwice(function Unused.go.<lambda>) discarded
// CHECK:     def Unused.go.<lambda>()
// CHECK-NEXT:  #0 call Unused.go:this.value.go(2) discarded

// CHECK-LABEL:def all(parts: entity c++.Job, parts: entity c++.Holder)
// CHECK-NEXT:  #0 call (parts as entity c++.Job).run() discarded
// CHECK-NEXT:  #1 call (parts as entity c++.Holder).run() discarded

// CHECK-LABEL:def use(job: entity c++.Job)
// CHECK-NEXT:  #0 call entity c++.Holder((job as entity c++.Job)) by __init__
// CHECK-NEXT:  holder = result #0
// CHECK-NEXT:  #2 call (holder as entity c++.Holder).run() discarded
// CHECK-NEXT:  #3 call entity c++.detail.runTwice(function use.<lambda>) discarded
// CHECK-NEXT:  each = function use.<lambda>
// CHECK-NEXT:  #5 call each((job as entity c++.Job)) discarded
// CHECK-NEXT:  #6 call entity c++.all((job as entity c++.Job), (holder as entity c++.Holder)) discarded
// CHECK-NEXT:def use.<lambda>()
// CHECK-NEXT:  #0 call (use:holder as entity c++.Holder).run() discarded
// CHECK-NEXT:def use.<lambda>(value: entity c++.Job)
// CHECK-NEXT:  #0 call (value as entity c++.Job).stop() discarded
