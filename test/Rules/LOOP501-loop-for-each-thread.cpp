// Loops made in a row, one for each thread, and a loop that several threads share.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.c && cd %t && %compile-commands .
// RUN: not %looplint check --no-cache --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <event2/event.h>
#include <pthread.h>
#include <stdlib.h>

struct worker {
  pthread_t thread;
  struct event_base *base;
};

static struct worker *workers;
static struct event_base *shared;

static void set_up(struct worker *worker) { worker->base = event_base_new(); }

static void *FP_run_own(void *argument) {
  struct worker *worker = argument;
  event_base_dispatch(worker->base);
  return NULL;
}

static void *FP_run_again(void *argument) {
  struct worker *worker = argument;
  event_base_dispatch(worker->base);
  return NULL;
}

static void *run_shared_bad(void *argument) {
  // CHECK: program.c:[[@LINE+1]]:3: error: `event_base_dispatch` runs one loop on several threads, which it is not made for [LOOP501]
  event_base_dispatch(shared);
  return NULL;
}

static void *run_too_bad(void *argument) {
  // CHECK: program.c:[[@LINE+1]]:3: error: `event_base_dispatch` runs one loop on several threads, which it is not made for [LOOP501]
  event_base_dispatch(shared);
  return NULL;
}

int main(void) {
  pthread_t first, second;
  workers = calloc(4, sizeof(struct worker));
  for (int i = 0; i < 4; i++)
    set_up(&workers[i]);
  for (int i = 0; i < 2; i++)
    pthread_create(&workers[i].thread, NULL, FP_run_own, &workers[i]);
  pthread_create(&workers[2].thread, NULL, FP_run_again, &workers[2]);
  pthread_create(&workers[3].thread, NULL, FP_run_again, &workers[3]);
  shared = event_base_new();
  pthread_create(&first, NULL, run_shared_bad, NULL);
  pthread_create(&second, NULL, run_too_bad, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  return 0;
}
