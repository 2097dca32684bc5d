//===- Language.h - names that a language itself defines ------------------===//
//
// What belongs to the language is no library and has no model.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_LANGUAGE_H
#define LOOPLINT_PROGRAM_LANGUAGE_H

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace looplint::language {

/// The linkage of the function that a program of C starts with; in C++ its
/// parameters follow.
inline constexpr llvm::StringLiteral cppMain = "c:@F@main";
/// What begins the linkage of a header's function whose body has this hash.
inline std::string variant(unsigned hash) {
  return "=" + llvm::utohexstr(hash) + "=";
}
/// The linkage that all bodies of the function have in common.
inline llvm::StringRef withoutVariant(llvm::StringRef linkage) {
  return linkage.starts_with("=") ? linkage.drop_front(1).split('=').second
                                  : linkage;
}
/// In a method of C++: its first parameter, the object.
inline constexpr llvm::StringLiteral receiver = "this";
/// In a C++ class: what initialises an object, as in Python; with its types
/// behind it where the class has several.
inline constexpr llvm::StringLiteral initialiser = "__init__";
/// In a C++ class: the attribute that ends an object's life.
inline constexpr llvm::StringLiteral destructor = "~";
/// In C++: behind a coroutine's return type, what says whether it waits before
/// it begins; what that is where it does not.
inline constexpr llvm::StringLiteral initialSuspend =
    ".promise_type.initial_suspend";
inline constexpr llvm::StringLiteral neverSuspend = ".suspend_never";
/// Behind the name of a member of a C++ class: what Python knows by that name.
inline constexpr llvm::StringLiteral shownToPython = " in Python";
/// In C++: the function that an expression with an error in it calls.
inline constexpr llvm::StringLiteral notUnderstood = "c++.<error>";
/// In C++: the annotation of a variable of which each thread has its own,
/// behind cppNamePrefix.
inline constexpr llvm::StringLiteral threadLocal = "thread_local";

/// In Python: built-in functions that look at what they are given and do not
/// keep it.
inline constexpr llvm::StringLiteral conversions[] = {
    "bool",  "bytes", "dict", "float",  "int", "len", "list",
    "print", "repr",  "set",  "sorted", "str", "sum", "tuple"};
/// The tuple that a program compares to tell versions of Python apart.
inline constexpr llvm::StringLiteral pythonVersion = "sys.version_info";
/// The names that only type checkers see as true.
inline constexpr llvm::StringLiteral typeChecking[] = {
    "typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING"};
/// What annotations are wrapped in (`typing.Optional`).
inline constexpr llvm::StringLiteral annotationPrefix = "typing.";
/// Of these, those that say no more of what they wrap than that it may be
/// missing, or how it is used.
inline constexpr llvm::StringLiteral optionalType = "typing.Optional";
inline constexpr llvm::StringLiteral unionType = "Union";
inline constexpr llvm::StringLiteral transparentTypes[] = {
    "Optional", "Union",    "Annotated",  "Final",
    "ClassVar", "Required", "NotRequired"};
/// The class of the object that a method is called on.
inline constexpr llvm::StringLiteral selfTypes[] = {
    "typing.Self", "typing_extensions.Self", "builtins.Self"};
/// The base that makes a class's fields the members of a tuple.
inline constexpr llvm::StringLiteral tupleBase = "typing.NamedTuple";
/// Bases that add nothing to a class.
inline constexpr llvm::StringLiteral plainBases[] = {"builtins.object",
                                                     "abc.ABC"};

/// Decorators of functions that only declare a signature.
inline constexpr llvm::StringLiteral overload[] = {
    "typing.overload", "typing_extensions.overload"};

} // namespace looplint::language

#endif // LOOPLINT_PROGRAM_LANGUAGE_H
