//===- Heap.h - abstract objects ------------------------------------------===//
//
// An object stands for everything that one place of the program makes. Its
// fields are cells: a cell joins all that is ever stored in it, and remembers
// who read it, so that they run again when it grows.
//
// Every class of the program also has one generic object, for `self` where
// the caller is unknown. What is stored in a field of any object of the class
// is stored in the generic object's field as well.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_CONTEXT_HEAP_H
#define LOOPLINT_CONTEXT_HEAP_H

#include "looplint/Context/Atoms.h"
#include "looplint/Support/StableVector.h"

#include "llvm/ADT/SmallVector.h"

namespace looplint {

using CellId = Id<struct CellTag>;
using InstanceId = Id<struct InstanceTag>; // Solver.h

struct Cell {
  SetId value = SetId(0);
  /// So many objects of one class were stored that it keeps the classes only.
  bool hasClassesOnly = false;
  llvm::SmallVector<InstanceId, 2> readers;
};

/// What somebody has to see to later, for a loop: an object that stands among
/// those that a LoopHistory calls open.
enum class Duty : std::uint8_t {
  None,
  Restart, // it has come to its end
  Pop,     // it was pushed as a thread's current loop
};

struct Object {
  AtomId type;       // Class or ApiType
  OperationKey site; // invalid for a generic object
  bool isLoop = false;
  /// It is one of the loops that every program has (see Heap).
  bool isAmbient = false;
  /// Any thread may use the loop.
  bool isShared = false;
  Duty duty = Duty::None; // it is no object of the program
  /// It works under one loop only; see Contexts' events of kind LoopBound.
  bool isLoopBound = false;
  /// Of a library's loop object: the loop that it wraps.
  ObjectId wrapped;
  llvm::SmallDenseMap<std::uint32_t, CellId, 4> fields; // by Symbol
  CellId elements;                                      // of a container
};

class Heap {
public:
  Heap();

  /// The loop that runs a coroutine whose driver is not part of the program.
  static constexpr std::uint32_t ambientLoop = 0;
  /// The loop that the policy makes for the main thread.
  static constexpr std::uint32_t mainLoop = 1;
  /// Some loop or other.
  static constexpr std::uint32_t anyLoop = 2;

  /// The object of \p type made at \p site. \p arguments keep apart what a
  /// factory makes for different callers, as long as there are few of them.
  /// Only of a type where \p isTold are more than a few places kept apart.
  ObjectId object(AtomId type, OperationKey site, ArgumentsId arguments,
                  bool isTold = false);
  ObjectId genericObject(AtomId type);
  /// \p loop as an object of the loop type \p type.
  ObjectId loopAs(AtomId type, ObjectId loop);

  ObjectId duty(Duty kind, ObjectId loop);
  /// Invalid where nobody has asked for it.
  ObjectId existingDuty(Duty kind, ObjectId loop) const;

  Object &operator[](ObjectId id) { return objects[id.index()]; }
  const Object &operator[](ObjectId id) const { return objects[id.index()]; }
  std::uint32_t objectCount() const {
    return static_cast<std::uint32_t>(objects.size());
  }

  CellId newCell();
  CellId field(ObjectId object, Symbol name);
  /// Invalid where nothing was ever stored there or read from it.
  CellId existingField(ObjectId object, Symbol name) const;
  CellId elements(ObjectId object);
  Cell &operator[](CellId id) { return cells[id.index()]; }
  const Cell &operator[](CellId id) const { return cells[id.index()]; }
  std::uint32_t cellCount() const {
    return static_cast<std::uint32_t>(cells.size());
  }

private:
  struct Key {
    std::uint32_t type = 0;
    std::uint32_t site = 0;
    std::uint32_t arguments = 0;
    friend bool operator==(const Key &, const Key &) = default;
  };

  StableVector<Object> objects;
  StableVector<Cell> cells;
  std::vector<Key> keys; // by object, of those that have one
  InternTable<ObjectId> index;
  std::unordered_map<std::uint64_t, ObjectId> wrappers;
  // How many objects of a type, and at a site, are kept apart so far.
  llvm::DenseMap<std::uint64_t, unsigned> variants;
};

} // namespace looplint

#endif // LOOPLINT_CONTEXT_HEAP_H
