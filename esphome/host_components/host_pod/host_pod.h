#pragma once
#ifdef USE_HOST

#include "esphome/components/api/api_server.h"
#include "esphome/core/component.h"

namespace esphome::host_pod {

/// Takes the API port from the environment before the server starts.
class HostPod : public Component {
 public:
  void set_api(api::APIServer *api) { this->api_ = api; }
  void setup() override;
  void dump_config() override;
  float get_setup_priority() const override { return setup_priority::BUS; }

 protected:
  api::APIServer *api_{nullptr};
};

}  // namespace esphome::host_pod

#endif
