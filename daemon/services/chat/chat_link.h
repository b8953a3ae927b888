/* chat_link.h — rings of things that are in some list, with its head among
 * them. Pure. */
#ifndef NETLAB_SERVICES_CHAT_LINK_H
#define NETLAB_SERVICES_CHAT_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeros, or alone: in no list. */
struct chat_link {
	struct chat_link *next, *previous;
};

/* What MEMBER of TYPE the link at PLACE is. */
#define CHAT_LINK_OF(place, type, member)                                      \
	((type *)(void *)((uint8_t *)(place)-offsetof(type, member)))

static inline void
chat_link_init(struct chat_link *link)
{
	link->next = link->previous = link;
}

/* True for a head without members, and for what is in no list. */
static inline bool
chat_link_is_alone(const struct chat_link *link)
{
	return link->next == NULL || link->next == link;
}

/* Puts LINK, which is in no list, before OTHER: at the end, of a head's. */
static inline void
chat_link_add(struct chat_link *other, struct chat_link *link)
{
	link->next = other;
	link->previous = other->previous;
	other->previous->next = link;
	other->previous = link;
}

/* Takes LINK out of its list, if it is in one. */
static inline void
chat_link_remove(struct chat_link *link)
{
	if (chat_link_is_alone(link))
		return;
	link->next->previous = link->previous;
	link->previous->next = link->next;
	chat_link_init(link);
}

#endif
