//===- LibraryCall.h - a call of a function that a model describes --------===//

#ifndef LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H
#define LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H

#include "looplint/Context/Contexts.h"

namespace looplint {

struct LibraryCall {
  const ApiFunction &api;
  AtomId self; // invalid where there is none
  const CallArguments &arguments;
  OperationKey at;
  Confidence confidence;
  /// The function of the program that does it, where one does.
  AtomId body = AtomId();

  /// The same call, of no more than such confidence.
  LibraryCall doubted(Confidence most) const {
    return {api, self, arguments, at, std::min(confidence, most), body};
  }

  /// Whether one of \p values is what the reference names, not each of them.
  bool isChoice(const Reference &reference, llvm::ArrayRef<AtomId> values,
                const Atoms &atoms) const {
    bool isOne = reference.kind == Reference::ReceiverField &&
                 !llvm::StringRef(reference.name).ends_with("*");
    for (const ModelParameter &parameter : api.parameters)
      isOne |= reference.kind == Reference::Parameter &&
               parameter.name == reference.name && !parameter.isRest;
    return isOne && llvm::count_if(values, [&](AtomId id) {
                      return atoms[id].kind != AtomKind::None;
                    }) > 1;
  }
};

/// The name in a method's signature with a mark in front ("1show(int)"); other
/// texts as they are.
llvm::StringRef nameInSignature(llvm::StringRef text);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_LIBRARYCALL_H
