//===- Library.h - one model file, as read --------------------------------===//
//
// What a TOML file says and nothing else: a type that refines one that another
// file describes is kept as the refinement it is.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_LIBRARY_H
#define LOOPLINT_LIB_MODELS_LIBRARY_H

#include "looplint/Models/Models.h"
#include "looplint/Models/Toml.h"

#include <string>
#include <utility>
#include <vector>

namespace looplint::models {

/// What a file says of a type. Only what it speaks of replaces what is known.
struct TypeModel {
  ApiType type;
  bool givesBases = false;
  bool givesLoop = false;
  bool givesPool = false;
  bool givesConstructor = false; // parameters, stores, returns or an effect
};

struct Library {
  LibraryInfo info;
  /// Trigger words in place of the ones that follow from the names.
  std::vector<std::string> words;
  bool givesWords = false;
  std::vector<std::string> defines;
  std::vector<std::pair<std::string, std::string>> aliases;
  std::vector<ApiFunction> functions;
  std::vector<TypeModel> types;
  std::vector<std::pair<std::string, Returned>> objects;
  std::vector<EntryRule> entries;
  /// Where functions, types, objects and aliases are written.
  llvm::StringMap<TomlPlace> places;
};

/// Reads one file. \p file's identifier is the path of messages, \p origin
/// what LibraryInfo says. The error holds every mistake of the file.
llvm::Expected<Library> readLibrary(llvm::MemoryBufferRef file,
                                    llvm::StringRef origin);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_LIBRARY_H
