//===- OwnLoops.h - loop types that the program itself defines ------------===//
//
// A class of C++ is an event loop where one of its methods takes what others
// have put into a field, again and again, and calls it. Nothing but the code
// tells: no name counts. What such methods do to loops is said in the words of
// the models, so that whoever reads effects need not know where they come from.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_OWNLOOPS_H
#define LOOPLINT_LIB_CONTEXT_OWNLOOPS_H

#include "OwnLoaders.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <memory>

namespace looplint {

/// Read-only once made.
class OwnLoops {
public:
  explicit OwnLoops(const Program &program);

  bool isLoop(ClassKey key) const { return loops.contains(key.raw()); }
  /// What the end of an object of the class does to the loop that it is; null
  /// where it is none.
  const ApiFunction *endOf(ClassKey key) const;
  /// What calling the function does to loops, or null. A method does it to its
  /// object.
  const ApiFunction *effectsOf(FunctionKey function) const;
  /// Whether the look-up gives a loop of the thread's own where none is
  /// installed.
  bool makesOnDemand(const ApiFunction &lookUp) const {
    return makers.contains(&lookUp);
  }
  /// Whether the global holds the thread's current loop.
  bool isCurrent(FileId file, std::uint32_t global) const {
    return currents.contains({file.raw(), global});
  }

  /// Of the classes that are no loops.
  const OwnLoaders &loaders() const { return ownLoaders; }

private:
  friend class OwnLoopFinder;

  OwnLoaders ownLoaders;

  llvm::DenseSet<std::uint32_t> loops; // classes
  llvm::DenseMap<std::uint32_t, std::unique_ptr<ApiFunction>> methods;
  llvm::DenseMap<std::uint32_t, std::unique_ptr<ApiFunction>> ends; // by class
  llvm::DenseSet<std::pair<std::uint32_t, std::uint32_t>> currents;
  llvm::DenseSet<const ApiFunction *> makers;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_OWNLOOPS_H
