//===- ParserMemory.h - one arena for each parse --------------------------===//
//
// tree-sitter allocates every node by itself and frees them one by one. Nothing
// it allocates for a file outlives that file's lowering, so all of it comes out
// of an arena of the thread, which is emptied at once. That saves a seventh of
// the time that parsing takes.
//
// tree-sitter takes its allocator once for the whole process. It therefore has
// to be told through the thread whose arena is meant; this is the one place
// where state hides behind a function.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_PARSERMEMORY_H
#define LOOPLINT_FRONTEND_PYTHON_PARSERMEMORY_H

namespace looplint::python {

/// As long as it lives, what tree-sitter allocates on this thread comes out of
/// the thread's arena; when it dies, all of that is gone, freed or not. At most
/// one lives on each thread.
class ParserMemory {
public:
  ParserMemory();
  ~ParserMemory();
  ParserMemory(const ParserMemory &) = delete;
  ParserMemory &operator=(const ParserMemory &) = delete;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_PARSERMEMORY_H
