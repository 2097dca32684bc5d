// A context that is pushed as the thread's default one has to be popped on every way out.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/program.cpp && cd %t && %compile-commands . -std=c++20 -glib
// RUN: %looplint check --no-cache --exit-zero --output-format=concise . | FileCheck %s --implicit-check-not='{{error|warning}}:'
#include <glib.h>

static gboolean finish(gpointer isDone) {
  *static_cast<bool *>(isDone) = true;
  return G_SOURCE_REMOVE;
}

bool early_bad(const char *name) {
  GMainContext *context = g_main_context_new();
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `g_main_context_push_thread_default`: the loop stays the thread's current one on the ways out that do not pop it [LOOP402]
  g_main_context_push_thread_default(context);
  if (!name) {
    g_main_context_unref(context);
    return false;
  }
  g_main_context_iteration(context, TRUE);
  g_main_context_pop_thread_default(context);
  g_main_context_unref(context);
  return true;
}

// What waits for a callback ends.
bool FN_behind_a_wait_bad(const char *name) {
  GMainContext *context = g_main_context_new();
  // CHECK: program.cpp:[[@LINE+1]]:3: warning: `g_main_context_push_thread_default`{{.*}} [LOOP402]
  g_main_context_push_thread_default(context);
  if (!name)
    return false;
  bool isDone = false;
  GSource *source = g_timeout_source_new(2);
  g_source_set_callback(source, finish, &isDone, nullptr);
  g_source_attach(source, context);
  while (!isDone)
    g_main_context_iteration(context, TRUE);
  g_main_context_pop_thread_default(context);
  return true;
}

bool early_ok(const char *name) {
  GMainContext *context = g_main_context_new();
  g_main_context_push_thread_default(context);
  if (name)
    g_main_context_iteration(context, TRUE);
  g_main_context_pop_thread_default(context);
  g_main_context_unref(context);
  return name;
}

class Pushed {
public:
  explicit Pushed(GMainContext *context) : context(context) { g_main_context_push_thread_default(context); }
  ~Pushed() { g_main_context_pop_thread_default(context); }

private:
  GMainContext *context;
};

bool FP_popped_by_its_owner(const char *name) {
  GMainContext *context = g_main_context_new();
  {
    Pushed pushed(context);
    if (!name)
      return false;
    g_main_context_iteration(context, TRUE);
  }
  g_main_context_unref(context);
  return true;
}

int main(int, char **values) {
  early_bad(values[1]);
  FN_behind_a_wait_bad(values[1]);
  early_ok(values[1]);
  FP_popped_by_its_owner(values[1]);
}
