#pragma once

#include "esphome/components/retrostep/sample_clock.h"
#include "esphome/core/component.h"

namespace esphome::heap_watch {

/// Reports at the end of the recording what was allocated since the second minute, one line per component,
/// and how much more of the heap is in use than then.
class HeapWatch : public Component {
 public:
  explicit HeapWatch(retrostep::SampleClock *played) : played_(played) {}
  void setup() override;
  void loop() override;

 protected:
  void report_();

  retrostep::SampleClock *played_;
  size_t in_use_{0};
};

}  // namespace esphome::heap_watch
