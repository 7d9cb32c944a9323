#pragma once
#ifdef USE_HOST

#include "esphome/components/api/api_server.h"
#include "esphome/components/retrostep/retrostep.h"
#include "esphome/core/component.h"

namespace esphome::host_pod {

/// Takes API port and mounting from the environment before server and pod start.
class HostPod : public Component {
 public:
  void set_api(api::APIServer *api) { this->api_ = api; }
  void set_pod(retrostep::Pod *pod) { this->pod_ = pod; }
  void setup() override;
  void dump_config() override;
  float get_setup_priority() const override { return setup_priority::BUS; }

 protected:
  api::APIServer *api_{nullptr};
  retrostep::Pod *pod_{nullptr};
};

}  // namespace esphome::host_pod

#endif
