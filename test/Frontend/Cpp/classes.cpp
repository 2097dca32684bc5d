// Classes: members by name, overloads and overrides; constructors and what they
// do unasked; destructors.
// RUN: %looplint-cxx --print %s -- -std=c++20 | FileCheck %s --match-full-lines
struct Part {
  Part();
  ~Part();
};
int one();

struct Base {
  Base(int);
  virtual ~Base();
  virtual void go(int);
  void over(int);
  void over(double, int) const;
  static Base *shared;
};

struct Derived : Base {
  using Base::Base;
  Derived(int a, int b) : Base(a + b), count(b) {}
  Derived() : Derived(one(), 2) {}
  void go(int n) override { Base::go(n); }

private:
  Part part;
  int count = one();
  Part *other = nullptr;
};

struct Options {
  int limit = 7;
  void (*callback)() = nullptr;
};

// CHECK:     bases of Derived: entity c++.Base
// CHECK:     module
// CHECK:       #{{[0-9]+}} call entity c++.Base(5) by __init__
// CHECK-NEXT:  c:@S@Base@shared = result #{{[0-9]+}}

// CHECK-LABEL:class Base
// CHECK-NEXT:  __init__ = entity c++.Base.__init__
// CHECK-NEXT:  ~ = entity c++.Base.~
// CHECK-NEXT:  go = entity c++.Base.go
// CHECK-NEXT:  over(int) = entity c++.Base.over
// CHECK-NEXT:  over(double, int) const = entity c++.Base.over

// CHECK-LABEL:class Derived
// CHECK-NEXT:  __init__(int, int) = entity c++.Derived.__init__
// CHECK-NEXT:  __init__() = entity c++.Derived.__init__
// CHECK-NEXT:  go = entity c++.Derived.go

// CHECK-LABEL:def Derived.__init__(this: entity c++.Derived, a, b)
// CHECK-NEXT:  #0 call entity c++.Base.__init__(this, unknown(a, b)) discarded
// CHECK-NEXT:  #1 call entity c++.Part() by __init__
// CHECK-NEXT:  this.part = result #1
// CHECK-NEXT:  this.count = b
// CHECK-NEXT:  this.other = None
// CHECK-LABEL:def Derived.__init__(this: entity c++.Derived)
// CHECK-NEXT:  #0 call entity c++.one()
// CHECK-NEXT:  #1 call entity c++.Derived.__init__(this, result #0, 2) discarded
// CHECK-LABEL:def Derived.go(this: entity c++.Derived, n)
// CHECK-NEXT:  #0 call entity c++.Base.go(this, n) discarded

// What the compiler adds, as it is needed below.
// CHECK-LABEL:def Derived.~(this: entity c++.Derived)
// CHECK-NEXT:  #0 call (this.part as entity c++.Part).~() discarded
// CHECK-NEXT:  #1 call entity c++.Base.~(this) discarded

Base *Base::shared = new Base(5);

void Base::go(int n) {
  over(n);
  over(2.5, 1);
}
// CHECK-LABEL:def Base.go(this: entity c++.Base, n)
// CHECK-NEXT:  #0 call this.over(int)(n) discarded
// CHECK-NEXT:  #1 call this.over(double, int) const(2500/1000, 1) discarded

void use(Base &base) {
  Derived derived;
  base.go(1);
  Options options{.callback = [] {}};
  void (Base::*pointer)(int) = &Base::go;
  (base.*pointer)(2);
  Base::shared->go(3);
}
// CHECK-LABEL:def use(base: entity c++.Base)
// CHECK-NEXT:  #0 call entity c++.Derived() by __init__()
// CHECK-NEXT:  derived = result #0
// CHECK-NEXT:  #2 call (base as entity c++.Base).go(1) discarded
// CHECK-NEXT:  #3 call entity c++.Options()
// CHECK-NEXT:  result #3.limit = 7
// CHECK-NEXT:  result #3.callback = function use.<lambda>
// CHECK-NEXT:  options = result #3
// CHECK-NEXT:  pointer = entity c++.Base.go
// CHECK-NEXT:  #8 call pointer((base as entity c++.Base), 2) discarded
// CHECK-NEXT:  #9 call (entity c++.Base.shared as entity c++.Base).go(3) discarded
// CHECK-NEXT:  #10 call (derived as entity c++.Derived).~() discarded
