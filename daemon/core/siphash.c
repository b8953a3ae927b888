/* siphash.c — two rounds for each word of the message, four at its end. */
#include "core/siphash.h"

struct state {
	uint64_t v[4];
};

static inline uint64_t
rotate(uint64_t value, unsigned bits)
{
	return value << bits | value >> (64 - bits);
}

/* Always inline: the state stays in registers, which halves the cost of a
 * message of a few words. */
__attribute__((always_inline)) static inline void
mix(struct state *state)
{
	uint64_t *v = state->v;

	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] = rotate(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] = rotate(v[2], 32);
}

__attribute__((always_inline)) static inline void
absorb(struct state *state, uint64_t word)
{
	state->v[3] ^= word;
	mix(state);
	mix(state);
	state->v[0] ^= word;
}

/* LEN (at most 8) bytes at DATA, the first one lowest. */
static inline uint64_t
read_word(const uint8_t *data, size_t len)
{
	uint64_t word = 0;

	for (size_t i = 0; i < len; i++)
		word |= (uint64_t)data[i] << 8 * i;
	return word;
}

static inline struct state
begin(const uint64_t key[2])
{
	return (struct state){{
	    key[0] ^ 0x736f6d6570736575u,
	    key[1] ^ 0x646f72616e646f6du,
	    key[0] ^ 0x6c7967656e657261u,
	    key[1] ^ 0x7465646279746573u,
	}};
}

__attribute__((always_inline)) static inline uint64_t
finish(struct state *state)
{
	state->v[2] ^= 0xff;
	mix(state);
	mix(state);
	mix(state);
	mix(state);
	return state->v[0] ^ state->v[1] ^ state->v[2] ^ state->v[3];
}

uint64_t
siphash(const uint64_t key[2], struct span bytes)
{
	struct state state = begin(key);
	size_t at = 0;

	for (; bytes.len - at >= 8; at += 8)
		absorb(&state, read_word(bytes.data + at, 8));
	absorb(&state, read_word(bytes.data + at, bytes.len - at) |
	                   (uint64_t)bytes.len << 56);
	return finish(&state);
}

uint64_t
siphash_15(const uint64_t key[2], uint64_t head, uint64_t tail)
{
	struct state state = begin(key);

	absorb(&state, head);
	absorb(&state, tail | UINT64_C(15) << 56);
	return finish(&state);
}
