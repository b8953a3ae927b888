/*
 * bytes.h — integers in network byte order (big-endian), read and written byte
 * by byte, so that alignment and the host's order never matter. The caller
 * has checked that the bytes are there. Pure; used in every process.
 */
#ifndef NETLAB_CORE_BYTES_H
#define NETLAB_CORE_BYTES_H

#include <stdint.h>

static inline uint16_t
bytes_get16be(const uint8_t *p)
{
	return (uint16_t)((unsigned)p[0] << 8 | p[1]);
}

static inline uint32_t
bytes_get32be(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t
bytes_get64be(const uint8_t *p)
{
	return (uint64_t)bytes_get32be(p) << 32 | bytes_get32be(p + 4);
}

static inline void
bytes_put16be(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static inline void
bytes_put32be(uint8_t *p, uint32_t value)
{
	bytes_put16be(p, (uint16_t)(value >> 16));
	bytes_put16be(p + 2, (uint16_t)value);
}

static inline void
bytes_put64be(uint8_t *p, uint64_t value)
{
	bytes_put32be(p, (uint32_t)(value >> 32));
	bytes_put32be(p + 4, (uint32_t)value);
}

#endif
