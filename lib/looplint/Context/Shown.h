//===- Shown.h - what C++ shows to Python ---------------------------------===//
//
// A module of Python that C++ makes is what the function returns that makes it.
// Models say which functions do, by an entry `on = "import"`; what else they
// say is that calls keep functions and classes in fields of that object, under
// the names that Python knows them by. A class of C++ has such names of its
// own, apart from those of its members, which Python does not see.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_SHOWN_H
#define LOOPLINT_LIB_CONTEXT_SHOWN_H

#include "LibraryCall.h"

#include "llvm/ADT/StringRef.h"

namespace looplint {

class Interpreter;

/// The part of an Interpreter that follows it.
class Shown {
public:
  explicit Shown(Interpreter &around) : in(around) {}

  /// The module of that dotted name, which is imported here; empty where no
  /// C++ makes it.
  SetId module(llvm::StringRef dotted);
  /// What is kept in the module, or modules, under that name.
  SetId member(SetId modules, Symbol name);

  /// What Python finds in a class of C++; empty where it is shown nothing.
  SetId memberOfClass(AtomId classAtom, Symbol name);
  /// What Python's call of a class of C++ may initialise its object by.
  SetId initialisers(AtomId classAtom, AtomId object);
  /// Functions that Python calls in their place, which make the object.
  SetId factories(AtomId classAtom) {
    return functionsIn(classAtom, "<factory>");
  }
  /// What Python reads from a property of a class of C++, whose getter runs;
  /// invalid where that class shows none of that name.
  SetId readProperty(AtomId classAtom, Symbol name, AtomId object);
  /// Runs the setter of a property of a class of C++, if it shows one.
  bool writeProperty(AtomId object, Symbol name, SetId value);

  /// Keeps it where Python finds it by that name.
  void keepAs(SetId holders, Symbol name, SetId value);
  void keepNamed(SetId holders, llvm::StringRef naming, SetId value,
                 const LibraryCall &call);
  /// Keeps each row of a table under the name that stands in the row.
  void keepRows(const Effect &effect, const LibraryCall &call);

  /// Any row of a table; anything else as it is.
  SetId anyRow(SetId table);

private:
  llvm::StringRef nameIn(AtomId id) const;
  llvm::SmallVector<AtomId, 8> rowsOf(SetId table);
  CellId cellOf(AtomId classAtom, Symbol name);
  /// Functions that models keep in the class under that name.
  SetId functionsIn(AtomId classAtom, llvm::StringRef name);

  Interpreter &in;
};

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_SHOWN_H
