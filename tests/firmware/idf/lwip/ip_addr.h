// Stands for ESP-IDF's lwip/ip_addr.h.
#pragma once
#include <stdint.h>
typedef uint8_t u8_t;
typedef uint32_t u32_t;
typedef struct {
  uint32_t addr;
} ip4_addr_t;
typedef ip4_addr_t ip_addr_t;
#define ip_addr_set_zero(ip) ((ip)->addr = 0)
#define ip_addr_copy(to, from) ((to).addr = (from).addr)
#define ip_addr_isany(ip) ((ip)->addr == 0)
#define ip_addr_ismulticast(ip) (((ip)->addr & 0xf0U) == 0xe0U)
#define ip_addr_cmp(a, b) ((a)->addr == (b)->addr)
#define IP_IS_V4(ip) 1
#define IP_IS_V6(ip) 0
#define IP_ADDR4(ip, a, b, c, d) \
  ((ip)->addr = ((u32_t)(d) << 24) | ((u32_t)(c) << 16) | ((u32_t)(b) << 8) | (u32_t)(a))
extern "C" {
int ipaddr_aton(const char *text, ip_addr_t *ip);
char *ipaddr_ntoa_r(const ip_addr_t *ip, char *text, int size);
char *ip4addr_ntoa_r(const ip4_addr_t *ip, char *text, int size);
}
