/* chat_self.h — what the user is called. */
#ifndef NETLAB_CLIENT_CHAT_SELF_H
#define NETLAB_CLIENT_CHAT_SELF_H

#include "client/options.h"
#include "core/span.h"
#include "services/chat/chat_name.h"

struct chat_self {
	size_t len;
	uint8_t bytes[CHAT_NAME_SIZE];
};

/* --name, else the name that the user has logged in with, made fit. Returns
 * VERB_GOOD, or VERB_USAGE and has complained: nobody may be called so. */
int chat_self_read(const struct options *options, struct chat_self *self)
    __attribute__((warn_unused_result));

static inline struct span
chat_self_name(const struct chat_self *self)
{
	return (struct span){self->bytes, self->len};
}

#endif
