// Scopes and those who wait in them: two intrusive lists, no allocation.
#include "looprt/cancel_scope.h"

#include "looprt/event_loop.h"

#include <vector>

namespace looprt {

namespace detail {

bool waiter::list(event_loop *on, cancel_scope *in,
                  std::coroutine_handle<> waiting) {
  loop = on;
  handle = waiting;
  inside = in;
  if (in->is_cancelled()) {
    cancelled = true;
    return false;
  }

  scope = in;
  next = in->waiters;
  if (next)
    next->previous = this;
  in->waiters = this;
  return true;
}

void waiter::list_shielded(event_loop *on, std::coroutine_handle<> waiting) {
  loop = on;
  handle = waiting;
}

void waiter::unlist() noexcept {
  if (!scope)
    return;
  (previous ? previous->next : scope->waiters) = next;
  if (next)
    next->previous = previous;
  scope = nullptr;
  previous = next = nullptr;
}

void waiter::throw_if_cancelled() const {
  if (cancelled || (inside && inside->is_cancelled()))
    throw task_cancelled();
}

void waiter::wake() {
  unlist();
  loop->resume_soon(handle);
}

} // namespace detail

cancel_scope::cancel_scope(cancel_scope *parent, bool shielded)
    : parent(parent), shielded(shielded) {
  if (!parent)
    return;
  next_sibling = parent->first_child;
  if (next_sibling)
    next_sibling->previous_sibling = this;
  parent->first_child = this;
}

cancel_scope::~cancel_scope() {
  if (!parent)
    return;
  (previous_sibling ? previous_sibling->next_sibling : parent->first_child) =
      next_sibling;
  if (next_sibling)
    next_sibling->previous_sibling = previous_sibling;
}

bool cancel_scope::is_cancelled() const {
  for (const cancel_scope *scope = this; scope; scope = scope->parent) {
    if (scope->called)
      return true;
    if (scope->shielded)
      return false;
  }
  return false;
}

void cancel_scope::cancel() {
  if (called)
    return;
  called = true;
  // Scopes may be nested as deep as the user's coroutines: no recursion.
  std::vector<cancel_scope *> reached{this};
  while (!reached.empty()) {
    cancel_scope *scope = reached.back();
    reached.pop_back();
    scope->wake_waiters();
    for (cancel_scope *child = scope->first_child; child;
         child = child->next_sibling)
      if (!child->shielded)
        reached.push_back(child);
  }
}

void cancel_scope::wake_waiters() {
  while (waiters) {
    detail::waiter *woken = waiters;
    woken->cancelled = true;
    woken->unlist();
    if (woken->forget())
      woken->wake();
  }
}

} // namespace looprt
