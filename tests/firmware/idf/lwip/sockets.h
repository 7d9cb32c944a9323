// Stands for ESP-IDF's lwip/sockets.h.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
typedef uint32_t socklen_t;
typedef uint8_t sa_family_t;
typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;
struct in_addr {
  in_addr_t s_addr;
};
struct in6_addr {
  uint8_t place[16];
};
struct sockaddr {
  uint8_t sa_len;
  sa_family_t sa_family;
  char sa_data[14];
};
struct sockaddr_in {
  uint8_t sin_len;
  sa_family_t sin_family;
  in_port_t sin_port;
  struct in_addr sin_addr;
  char sin_zero[8];
};
struct sockaddr_storage {
  uint8_t s2_len;
  sa_family_t ss_family;
  char place[26];
};
#define AF_INET 2
#define AF_INET6 10
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOL_SOCKET 0xfff
#define SO_REUSEADDR 4
#define IPPROTO_TCP 6
#define IPPROTO_IP 0
#define TCP_NODELAY 1
extern "C" {
int lwip_socket(int domain, int type, int protocol);
int accept(int s, struct sockaddr *addr, socklen_t *length);
int bind(int s, const struct sockaddr *addr, socklen_t length);
int connect(int s, const struct sockaddr *addr, socklen_t length);
int shutdown(int s, int how);
int getpeername(int s, struct sockaddr *addr, socklen_t *length);
int getsockname(int s, struct sockaddr *addr, socklen_t *length);
int getsockopt(int s, int level, int name, void *value, socklen_t *length);
int setsockopt(int s, int level, int name, const void *value, socklen_t length);
int listen(int s, int backlog);
ssize_t recv(int s, void *place, size_t length, int flags);
ssize_t recvfrom(int s, void *place, size_t length, int flags, struct sockaddr *from, socklen_t *size);
ssize_t send(int s, const void *data, size_t length, int flags);
ssize_t sendto(int s, const void *data, size_t length, int flags, const struct sockaddr *to, socklen_t size);
ssize_t readv(int s, const struct iovec *parts, int count);
ssize_t writev(int s, const struct iovec *parts, int count);
}
#define SHUT_RDWR 2
extern "C" {
ssize_t lwip_read(int s, void *place, size_t length);
ssize_t lwip_readv(int s, const struct iovec *parts, int count);
ssize_t lwip_write(int s, const void *data, size_t length);
ssize_t lwip_writev(int s, const struct iovec *parts, int count);
}
