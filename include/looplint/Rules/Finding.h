//===- Finding.h - what a rule says ---------------------------------------===//

#ifndef LOOPLINT_RULES_FINDING_H
#define LOOPLINT_RULES_FINDING_H

#include "looplint/Context/Contexts.h"
#include "looplint/Source/Location.h"

#include <cstdint>
#include <string>
#include <vector>

namespace looplint {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// A replacement of \p at by \p text.
struct Edit {
  Location at;
  std::string text;
};

enum class Applicability : std::uint8_t { Safe, Unsafe, Display };

struct Fix {
  Applicability applicability = Applicability::Display;
  std::string message;
  std::vector<Edit> edits;
};

/// What a finding is about, in terms of the program: for whoever repairs it.
/// Refers to the analysis that it comes from.
struct FindingSubject {
  OperationKey operation; // invalid where it is about no operation
  InstanceId instance;    // the one that proves it
  ContextId context;      // in which it takes place, or the callable is run
  const ApiFunction *api = nullptr;
  const Effect *effect = nullptr;
  /// The callable or coroutine spoken of; invalid where there is none.
  AtomId value;
  /// The async form of the function that is called, where the program has one.
  FunctionKey twin;
};

struct Finding {
  std::uint16_t code = 0; // 201 for LOOP201; see Rules.def
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::Definite;
  std::string message;
  Location at;
  std::string context; // "main/running(default)"; empty where none matters
  std::vector<WitnessStep> witness;
  std::vector<Fix> fixes;
  FindingSubject subject;
};

using Findings = std::vector<Finding>;

} // namespace looplint

#endif // LOOPLINT_RULES_FINDING_H
