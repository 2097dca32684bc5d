// Branches and loops are brackets; what leaves a block ends its objects.
// RUN: %looplint-cxx --print %s -- -std=c++20 | FileCheck %s --match-full-lines
struct Guard {
  explicit Guard(int);
  ~Guard();
};
struct Error {};
int work(int);
void log(const char *);

int branches(int x) {
  // CHECK-LABEL:def branches(x)
  switch (x) {
  case 1:
    work(1);
    break;
  case 2:
  case 3:
    work(2);
  default: {
    Guard guard(3);
    return work(4);
  }
  }
  // CHECK-NEXT:  if unknown(x)
  // CHECK-NEXT:    #1 call entity c++.work(1) discarded
  // CHECK-NEXT:  else
  // CHECK-NEXT:    if unknown(x)
  // CHECK-NEXT:      #4 call entity c++.work(2) discarded
  // CHECK-NEXT:    end if
  // CHECK-NEXT:  end if
  // CHECK-NEXT:  if unknown(x)
  // CHECK-NEXT:    #8 call entity c++.Guard(3) by __init__
  // CHECK-NEXT:    guard = result #8
  // CHECK-NEXT:    #10 call entity c++.work(4)
  // CHECK-NEXT:    #11 call (guard as entity c++.Guard).~() discarded
  // CHECK-NEXT:    return result #10
  // CHECK-NEXT:  end if
  if (int y = work(x); y > 2 && work(y) < 3)
    return x ? work(5) : 6;
  // CHECK-NEXT:  #14 call entity c++.work(x)
  // CHECK-NEXT:  y = result #14
  // CHECK-NEXT:  if (2 < y)
  // CHECK-NEXT:    #17 call entity c++.work(y)
  // CHECK-NEXT:  end if
  // CHECK-NEXT:  if and((2 < y), (result #17 < 3))
  // CHECK-NEXT:    if x
  // CHECK-NEXT:      #21 call entity c++.work(5)
  // CHECK-NEXT:    end if
  // CHECK-NEXT:    return (x ? result #21 : 6)
  // CHECK-NEXT:  end if
  return -1;
  // CHECK-NEXT:  return unknown(1)
}

void loops(int n) {
  // CHECK-LABEL:def loops(n)
  for (int i = 0; i < n; ++i) {
    Guard guard(i);
    if (work(i))
      continue;
    break;
  }
  // CHECK-NEXT:  i = 0
  // CHECK-NEXT:  loop
  // CHECK-NEXT:    while (i < n)
  // CHECK-NEXT:    #3 call entity c++.Guard(i) by __init__
  // CHECK-NEXT:    guard = result #3
  // CHECK-NEXT:    #5 call entity c++.work(i)
  // CHECK-NEXT:    if result #5
  // CHECK-NEXT:      #7 call (guard as entity c++.Guard).~() discarded
  // CHECK-NEXT:      continue
  // CHECK-NEXT:    end if
  // CHECK-NEXT:    #10 call (guard as entity c++.Guard).~() discarded
  // CHECK-NEXT:    break
  // CHECK-NEXT:    i = unknown(i)
  // CHECK-NEXT:  end loop
  do
    work(n);
  while (n--);
  // CHECK-NEXT:  loop
  // CHECK-NEXT:    #15 call entity c++.work(n) discarded
  // CHECK-NEXT:    n = unknown(n)
  // CHECK-NEXT:    if not(unknown(n))
  // CHECK-NEXT:      break
  // CHECK-NEXT:    end if
  // CHECK-NEXT:  end loop
  const char *names[] = {"a", "b"};
  for (const char *name : names)
    log(name);
  // CHECK-NEXT:  names = ["a", "b"]
  // CHECK-NEXT:  loop
  // CHECK-NEXT:    iterate names
  // CHECK-NEXT:    name = element(names)
  // CHECK-NEXT:    #25 call entity c++.log(name) discarded
  // CHECK-NEXT:  end loop
}

void exceptions() {
  // CHECK-LABEL:def exceptions()
  try {
    throw Error();
  } catch (const Error &error) {
    throw;
  } catch (...) {
    log("other");
  }
  // CHECK-NEXT:  try
  // CHECK-NEXT:    #1 call entity c++.Error() by __init__
  // CHECK-NEXT:    raise result #1
  // CHECK-NEXT:  #3 except entity c++.Error
  // CHECK-NEXT:    error = caught #3
  // CHECK-NEXT:    raise
  // CHECK-NEXT:  #6 except
  // CHECK-NEXT:    #7 call entity c++.log("other") discarded
  // CHECK-NEXT:  end try
}

struct Place {
  int number;
  Place *next;
};

void assignments(Place *place, int *numbers) {
  // CHECK-LABEL:def assignments(place: entity c++.Place, numbers)
  place->next->number = 3;
  // CHECK-NEXT:  ((place as entity c++.Place).next as entity c++.Place).number = 3
  numbers[1] = numbers[0];
  // CHECK-NEXT:  numbers[1] = numbers[0]
  place->number += work(1);
  // CHECK-NEXT:  #2 call entity c++.work(1)
  // CHECK-NEXT:  (place as entity c++.Place).number = unknown((place as entity c++.Place).number, result #2)
  static int calls = work(2);
  ++calls;
  // CHECK-NEXT:  if unknown()
  // CHECK-NEXT:    #5 call entity c++.work(2)
  // CHECK-NEXT:    <module>:c:statements.cpp@{{.*}}calls{{.*}} = result #5
  // CHECK-NEXT:  end if
  // CHECK-NEXT:  <module>:c:statements.cpp@{{.*}}calls{{.*}} = unknown(<module>:c:statements.cpp@{{.*}}calls{{.*}})
  auto [number, next] = *place;
  // CHECK-NEXT:  <parts> = (place as entity c++.Place)
  // CHECK-NEXT:  number = <parts>.number
  // CHECK-NEXT:  next = (<parts>.next as entity c++.Place)
  delete next;
  // CHECK-NEXT:  #12 call (next as entity c++.Place).~() discarded
  *place = Place{4, nullptr};
  // CHECK-NEXT:  #13 call entity c++.Place()
  // CHECK-NEXT:  result #13.number = 4
  // CHECK-NEXT:  result #13.next = None
  // CHECK-NEXT:  place = result #13
}
