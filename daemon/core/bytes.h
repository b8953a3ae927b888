/*
 * bytes.h — integers in network byte order (big-endian), read from and written
 * to any place, so that alignment and the host's order never matter. Each is a
 * move and a swap: of shifts of bytes, gcc 12 makes as many stores. The caller
 * has checked that the bytes are there. Pure; used in every process.
 */
#ifndef NETLAB_CORE_BYTES_H
#define NETLAB_CORE_BYTES_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t
bytes_get16be(const uint8_t *p)
{
	uint16_t value;

	memcpy(&value, p, sizeof(value));
	return be16toh(value);
}

static inline uint32_t
bytes_get32be(const uint8_t *p)
{
	uint32_t value;

	memcpy(&value, p, sizeof(value));
	return be32toh(value);
}

static inline uint64_t
bytes_get64be(const uint8_t *p)
{
	uint64_t value;

	memcpy(&value, p, sizeof(value));
	return be64toh(value);
}

static inline void
bytes_put16be(uint8_t *p, uint16_t value)
{
	value = htobe16(value);
	memcpy(p, &value, sizeof(value));
}

static inline void
bytes_put32be(uint8_t *p, uint32_t value)
{
	value = htobe32(value);
	memcpy(p, &value, sizeof(value));
}

static inline void
bytes_put64be(uint8_t *p, uint64_t value)
{
	value = htobe64(value);
	memcpy(p, &value, sizeof(value));
}

#endif
