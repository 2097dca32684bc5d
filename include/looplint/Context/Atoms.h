//===- Atoms.h - abstract values ------------------------------------------===//
//
// What a variable may hold is a set of atoms: a function with the variables it
// captured, a bound method, an object by the place that made it, a coroutine
// object with the arguments it was made with, … Atoms and sets are interned,
// so that comparing, hashing and joining them costs next to nothing.
//
// Sets are bounded. A set that grows too large, or a value that nobody can
// know, contains the atom `anything`.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_CONTEXT_ATOMS_H
#define LOOPLINT_CONTEXT_ATOMS_H

#include "looplint/Link/Program.h"
#include "looplint/Support/InternTable.h"
#include "looplint/Support/StableVector.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <unordered_map>
#include <vector>

namespace looplint {

using AtomId = Id<struct AtomTag>;
using SetId = Id<struct SetTag>; // a default-constructed one is not a set
using ArgumentsId = Id<struct ArgumentsTag>;
using SequenceId = Id<struct SequenceTag>;
using FrameId = Id<struct FrameTag>;   // Solver.h
using ObjectId = Id<struct ObjectTag>; // Heap.h

enum class AtomKind : std::uint8_t {
  Anything,
  None,
  True,
  False,
  /// Computed from other values: a number, a text, the result of an operator.
  /// Neither callable nor awaitable.
  Data,
  Integer,       // a
  Float,         // a, thousandths
  String,        // a = Symbol
  Function,      // a = FunctionKey, b = FrameId it was defined in
  Class,         // a = ClassKey, b = FrameId it was defined in
  Method,        // a = atom of the function, b = atom of self
  Super,         // a = atom of the class, b = atom of self
  Module,        // a = FileId
  External,      // a = Symbol: canonical name that no model describes
  ApiFunction,   // a = index into Atoms::apiFunctions
  ApiMethod,     // a = the same, b = atom of self
  ApiType,       // a = index into Atoms::apiTypes
  Object,        // a = ObjectId
  Coroutine,     // a = atom of the callee, b = ArgumentsId
  Partial,       // a = atom of the callee, b = ArgumentsId
  Tuple,         // a = SequenceId
  Keywords,      // a = ArgumentsId: a dictionary with constant keys
  TestResult,    // a = Effect's test and form, b = atom of the subject
  CurrentThread, // the object of the thread that runs this code
  MainThread,
};

struct Atom {
  AtomKind kind = AtomKind::Anything;
  /// How deeply atoms are nested in it: 0 for a plain one.
  std::uint8_t depth = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;

  friend bool operator==(const Atom &, const Atom &) = default;
};

/// The arguments of a call, as far as they are known.
struct CallArguments {
  llvm::SmallVector<SetId, 4> positional;
  llvm::SmallVector<std::pair<Symbol, SetId>, 2> keywords; // by Symbol
  /// Elements of a `*x` (`**x`) of unknown length or keys; else invalid.
  SetId rest;
  SetId restKeywords;

  friend bool operator==(const CallArguments &,
                         const CallArguments &) = default;
};

/// All atoms, sets, argument lists and sequences of one analysis.
class Atoms {
public:
  Atoms();

  AtomId atom(Atom atom);
  const Atom &operator[](AtomId id) const { return atoms[id.index()]; }

  SetId emptySet() const { return SetId(0); }
  SetId anything() const { return SetId(1); }
  SetId none() const { return noneSet; }
  SetId data() const { return dataSet; }
  SetId boolean(bool value) const { return value ? trueSet : falseSet; }
  SetId only(AtomId id);
  SetId only(Atom value) { return only(atom(value)); }
  SetId join(SetId left, SetId right) {
    return left == right || right == emptySet() ? left
           : left == emptySet()                 ? right
                                                : joinOther(left, right);
  }
  SetId set(llvm::SmallVector<AtomId, 8> members);
  llvm::ArrayRef<AtomId> members(SetId id) const { return sets[id.index()]; }
  /// What is left of a set where it can grow for long: many numbers and texts
  /// become data, many unknown entities become anything, and are so from then
  /// on.
  SetId widened(SetId id);
  /// Numbers and texts as data: they do not tell argument lists apart.
  SetId withoutConstants(SetId id);
  bool mayBeAnything(SetId id) const;
  /// It holds all that it can: nothing is added to it any more.
  bool isFull(SetId id) const { return sets[id.index()].size() > largestSet; }

  ArgumentsId arguments(const CallArguments &value);
  const CallArguments &operator[](ArgumentsId id) const {
    return argumentLists[id.index()];
  }
  SequenceId sequence(llvm::ArrayRef<SetId> value);
  llvm::ArrayRef<SetId> operator[](SequenceId id) const {
    return sequences[id.index()];
  }
  /// 0, or one more than the deepest member's depth.
  unsigned depthAbove(SetId id) const;

  std::uint32_t index(const ApiFunction *function);
  std::uint32_t index(const ApiType *type);
  const ApiFunction &apiFunction(const Atom &atom) const {
    return *apiFunctions[atom.a];
  }
  const ApiType &apiType(const Atom &atom) const { return *apiTypes[atom.a]; }

  /// More members than this become `anything` and the first of them.
  static constexpr unsigned largestSet = 12;
  /// More numbers and texts, or unknown entities, than this are not told apart
  /// in what grows.
  static constexpr unsigned mostOfNoUse = 4;
  /// Atoms nested more deeply than this become `anything`.
  static constexpr unsigned deepestAtom = 6;

private:
  SetId joinOther(SetId left, SetId right);

  std::vector<Atom> atoms;
  InternTable<AtomId> atomIndex;
  StableVector<llvm::SmallVector<AtomId, 4>> sets;
  InternTable<SetId> setIndex;
  llvm::DenseMap<std::uint64_t, SetId> joins;
  std::vector<SetId> constantless; // by SetId: withoutConstants, once known
  std::vector<SetId> singletons;   // by AtomId
  StableVector<CallArguments> argumentLists;
  InternTable<ArgumentsId> argumentIndex;
  StableVector<llvm::SmallVector<SetId, 4>> sequences;
  InternTable<SequenceId> sequenceIndex;
  std::vector<const ApiFunction *> apiFunctions;
  std::vector<const ApiType *> apiTypes;
  llvm::DenseMap<const void *, std::uint32_t> apiIndex;
  SetId noneSet, dataSet, trueSet, falseSet;
};

} // namespace looplint

#endif // LOOPLINT_CONTEXT_ATOMS_H
