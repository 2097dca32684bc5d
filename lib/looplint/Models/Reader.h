//===- Reader.h - TOML to models, in parts --------------------------------===//
//
// docs/models.md is the schema. ReadLibrary.cpp reads a file's outline and its
// types, ReadFunction.cpp what functions have, ReadEffect.cpp the verbs.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_READER_H
#define LOOPLINT_LIB_MODELS_READER_H

#include "Library.h"
#include "TableReader.h"

namespace looplint::models {

/// What the references of an entity may speak of.
struct Scope {
  llvm::ArrayRef<ModelParameter> parameters;
  bool hasReceiver = false;

  bool hasParameter(llvm::StringRef name) const;
  bool hasRest(llvm::StringRef name) const;
};

/// Which strings name a value.
enum class Meaning : std::uint8_t {
  Value, // a parameter, "self" or "self.x"
  Loop,  // also "fresh", "running", …
};

/// Nothing, after a complaint, if \p value names nothing.
Reference readReference(const TomlValue &value, Meaning meaning,
                        const Scope &scope, Complaints &complaints);

void complainNoParameter(llvm::StringRef name, TomlPlace place,
                         const Scope &scope, Complaints &complaints);

Returned readReturned(const TomlValue &value, const Scope &scope,
                      Complaints &complaints);

/// Everything that a function's table and a type's table have in common: the
/// signature, the effects and what is returned. Fills all but the name.
void readCallable(TableReader &table, bool hasReceiver, ApiFunction &function);

/// The effects that \p value gives for \p kind: `true`, a table or an array of
/// tables.
void readEffects(EffectKind kind, const TomlValue &value, const Scope &scope,
                 Complaints &complaints, std::vector<Effect> &result);

/// The keys of an entry: where a framework calls something, and how.
Effect readEntry(TableReader &table);

/// A qualified name, spelt as the file's language does, in the form in which
/// it is looked up. Empty, after a complaint that begins with \p what, for any
/// other string.
std::string readName(llvm::StringRef written, TomlPlace place,
                     llvm::StringRef what, Complaints &complaints);

/// As readName() of a type; adds it to \p result where it is one.
void readTypeName(const TomlValue &value, Complaints &complaints,
                  std::vector<std::string> &result);

/// What is awaited in coroutines that return the type.
void readAwaited(TableReader &table, Complaints &complaints, ApiType &type);

/// What a wrapper has besides the function's own: `methods`.
void readMethodsOf(TableReader &table, Returned &result);

/// What an `invokes` promises of the callable from there on.
void readPromises(TableReader &table, Effect &effect);

/// The field that something is kept in: its name, or in braces what names it.
std::string readField(TableReader &table, const Scope &scope);

/// What a `retired` says: which parameter goes, and when.
void readRetirement(TableReader &table, const Scope &scope, Effect &effect);

/// … which it leaves to the function's own `removed` where it does not say.
void finishRetirement(TableReader &table, ApiFunction &function);

/// The name of a method or an attribute. False after a complaint.
bool checkMember(llvm::StringRef name, TomlPlace place, llvm::StringRef what,
                 Complaints &complaints);

/// The conditions under `if`; none where there is no such key.
llvm::SmallVector<Condition, 1> readConditions(TableReader &table,
                                               const Scope &scope);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_READER_H
