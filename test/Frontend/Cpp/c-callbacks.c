// C: an object begins where it is declared; a callback is the entity of a function.
// RUN: %looplint-cxx --print %s -- | FileCheck %s
#include <uv.h>

static uv_loop_t *shared;

// CHECK:      module
// CHECK:        #[[#ITEM:]] call entity c++.operations()
// CHECK-NEXT:   result #[[#ITEM]].open = entity c++.openFile
// CHECK-NEXT:   result #[[#ITEM]].name = "file"
// CHECK-NEXT:   c:c-callbacks.c@operations@{{.*}} = [result #[[#ITEM]]]

static void onTimer(uv_timer_t *timer) {
  uv_timer_stop(timer);
  uv_run(timer->loop, UV_RUN_DEFAULT);
}
// CHECK-LABEL: def onTimer(timer: entity c++.uv_timer_s)
// CHECK-NEXT:    call entity c++.uv_timer_stop((timer as entity c++.uv_timer_s)) discarded
// CHECK-NEXT:    call entity c++.uv_run(((timer as entity c++.uv_timer_s).loop as entity c++.uv_loop_s), entity c++.UV_RUN_DEFAULT) discarded

int main(void) {
  uv_timer_t timer;
  shared = uv_default_loop();
  uv_timer_init(shared, &timer);
  uv_timer_start(&timer, onTimer, 10, 0);
  return uv_run(shared, UV_RUN_DEFAULT);
}
// CHECK-LABEL: def main()
// CHECK-NEXT:    #0 call entity c++.uv_timer_s()
// CHECK-NEXT:    timer = result #0
// CHECK-NEXT:    #2 call entity c++.uv_default_loop()
// CHECK-NEXT:    <module>:c:c-callbacks.c@shared@{{.*}}c-callbacks.c = (result #2 as entity c++.uv_loop_s)
// CHECK-NEXT:    call entity c++.uv_timer_init((entity c++.shared as entity c++.uv_loop_s), (timer as entity c++.uv_timer_s)) discarded
// CHECK-NEXT:    call entity c++.uv_timer_start((timer as entity c++.uv_timer_s), entity c++.onTimer, 10, 0) discarded
// CHECK-NEXT:    #6 call entity c++.uv_run((entity c++.shared as entity c++.uv_loop_s), entity c++.UV_RUN_DEFAULT)
// CHECK-NEXT:    return result #6

struct operations {
  void (*open)(int);
  const char *name;
};
static void openFile(int file) {}
static const struct operations operations[] = {{.open = openFile, .name = "file"}};

void everywhere(void) {
  uv_work_t requests[4];
  uv_queue_work(shared, &requests[0], 0, NULL);
  operations[0].open(1);
}
// CHECK-LABEL: def everywhere()
// CHECK-NEXT:    #0 call entity c++.uv_work_s()
// CHECK-NEXT:    requests = [result #0, ...]
// CHECK-NEXT:    call entity c++.uv_queue_work((entity c++.shared as entity c++.uv_loop_s), (requests[0] as entity c++.uv_work_s), None, None) discarded
// CHECK-NEXT:    call (entity c++.operations[0] as entity c++.operations).open(1) discarded
