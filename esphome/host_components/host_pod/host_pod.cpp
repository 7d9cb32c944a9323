#include "host_pod.h"
#ifdef USE_HOST

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "esphome/core/log.h"

extern "C" int __real_bind(int fd, const struct sockaddr *address, socklen_t length);
extern "C" int __real_listen(int fd, int backlog);
extern "C" FILE *__real_fopen(const char *path, const char *mode);
extern "C" int __real_fclose(FILE *file);
extern "C" void __real__ZN7esphome19get_mac_address_rawEPh(uint8_t *mac);

/// Ends a pod that nobody could ever reach, with the reason as its last line and errno as its exit code;
/// ESPHome would log it and go on.
static int or_end(int result, int port) {
  if (result == 0) return result;
  const int reason = errno;
  fprintf(stderr, "The pod can't listen on port %d of 127.0.0.1: %s\n", port, strerror(reason));
  _exit(reason);
}

/// A pod on a PC listens to this machine only.
extern "C" int __wrap_bind(int fd, const struct sockaddr *address, socklen_t length) {
  if (address->sa_family != AF_INET) return __real_bind(fd, address, length);
  sockaddr_in local;
  memcpy(&local, address, sizeof(local));
  local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int result = __real_bind(fd, reinterpret_cast<const struct sockaddr *>(&local), sizeof(local));
  // Port 0 is no listener of ours: any would do.
  return local.sin_port == 0 ? result : or_end(result, ntohs(local.sin_port));
}

extern "C" int __wrap_listen(int fd, int backlog) {
  sockaddr_in local{};
  socklen_t length = sizeof(local);
  getsockname(fd, reinterpret_cast<struct sockaddr *>(&local), &length);
  return or_end(__real_listen(fd, backlog), ntohs(local.sin_port));
}

static FILE *preferences_being_written = nullptr;
static std::string preferences_path;

/// ESPHome writes the preferences over the old ones; a pod killed meanwhile would lose all of them, which
/// flash never does. They go beside the old ones and take their place when they are complete.
extern "C" FILE *__wrap_fopen(const char *path, const char *mode) {
  if (strcmp(mode, "wb") != 0 || !std::string_view(path).ends_with(".prefs")) return __real_fopen(path, mode);
  preferences_path = path;
  preferences_being_written = __real_fopen((preferences_path + ".new").c_str(), mode);
  return preferences_being_written;
}

extern "C" int __wrap_fclose(FILE *file) {
  const bool preferences = file == preferences_being_written;
  const int result = __real_fclose(file);
  if (!preferences) return result;
  preferences_being_written = nullptr;
  return result != 0 ? result : rename((preferences_path + ".new").c_str(), preferences_path.c_str());
}

/// `RETROSTEP_MAC` (aa:bb:cc:dd:ee:ff) tells the pods of one build apart.
extern "C" void __wrap__ZN7esphome19get_mac_address_rawEPh(uint8_t *mac) {
  const char *text = getenv("RETROSTEP_MAC");
  unsigned parts[6];
  if (text != nullptr && sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x", &parts[0], &parts[1], &parts[2], &parts[3],
                                &parts[4], &parts[5]) == 6) {
    for (int i = 0; i < 6; i++) mac[i] = static_cast<uint8_t>(parts[i]);
    return;
  }
  __real__ZN7esphome19get_mac_address_rawEPh(mac);
}

namespace esphome::host_pod {

static const char *const TAG = "host_pod";

void HostPod::setup() {
  const char *port = getenv("RETROSTEP_API_PORT");
  if (port != nullptr && atoi(port) > 0) this->api_->set_port(static_cast<uint16_t>(atoi(port)));
  if (const char *mounting = getenv("RETROSTEP_MOUNTING"))
    this->pod_->set_find_mounting(strcmp(mounting, "auto") == 0);
}

void HostPod::dump_config() {
  ESP_LOGCONFIG(TAG, "Host pod: API on 127.0.0.1:%u", this->api_->get_port());
}

}  // namespace esphome::host_pod

#endif
