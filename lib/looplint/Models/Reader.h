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

/// A dotted name. \p what begins the complaint about any other string.
bool checkName(llvm::StringRef name, TomlPlace place, llvm::StringRef what,
               Complaints &complaints);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_READER_H
