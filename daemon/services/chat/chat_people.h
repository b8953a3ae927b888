/* chat_people.h — people by their names. Pure. */
#ifndef NETLAB_SERVICES_CHAT_PEOPLE_H
#define NETLAB_SERVICES_CHAT_PEOPLE_H

#include "core/span.h"

#include <stdint.h>

struct chat_person;

enum { CHAT_PEOPLE_BUCKETS = 4096 };

/* A table of chains; where a name lies in it is a secret. */
struct chat_people {
	struct chat_person **buckets; /* CHAT_PEOPLE_BUCKETS, all NULL */
	uint64_t key[2];
};

/* Who is called NAME, letters of ASCII in any case; NULL: nobody. */
struct chat_person *chat_people_find(
    const struct chat_people *people, struct span name);

/* Enters PERSON by its name, which nobody else has, / removes it. */
void chat_people_add(struct chat_people *people, struct chat_person *person);
void chat_people_remove(struct chat_people *people, struct chat_person *person);

#endif
