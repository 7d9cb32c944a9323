#pragma once
/// A mounting learned from one recording, kept as a small JSON file for others.

#include <stdexcept>
#include <string>

#include "stride_types.h"

namespace esphome::retrostep {

/// What is wrong with a calibration file, in words for the person who gave it.
class CalibrationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads what `write_mounting` wrote; throws CalibrationError.
Mounting read_mounting(const std::string &path);

/// Writes `{"version":1,"up":[…],"toe":[…],"confidence":…,"told":…}`; throws CalibrationError.
void write_mounting(const std::string &path, const Mounting &mounting);

}  // namespace esphome::retrostep
