//===- OwnLoaders.h - loaders that the program itself defines -------------===//

#ifndef LOOPLINT_LIB_CONTEXT_OWNLOADERS_H
#define LOOPLINT_LIB_CONTEXT_OWNLOADERS_H

#include "FieldUse.h"

namespace looplint {

/// Whether the method of C++ joins what others ask for in the same turn of the
/// loop: a coroutine that adds its parameter to a field, waits, and then takes
/// all that the field holds by then and gives back its part.
bool isBatchingLoad(const Summary &summary, FunctionId method,
                    const FieldUse &use);

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_OWNLOADERS_H
