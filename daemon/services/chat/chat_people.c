/* chat_people.c — people by their names. */
#include "services/chat/chat_people.h"

#include "core/siphash.h"
#include "services/chat/chat_name.h"
#include "services/chat/chat_person.h"

#include <stddef.h>

static struct chat_person **
bucket_of(const struct chat_people *people, struct span name)
{
	uint8_t folded[CHAT_PERSON_NAME_MAX];

	return &people->buckets[siphash(
	                            people->key, chat_name_fold(name, folded)) %
	                        CHAT_PEOPLE_BUCKETS];
}

struct chat_person *
chat_people_find(const struct chat_people *people, struct span name)
{
	if (name.len == 0 || name.len > CHAT_PERSON_NAME_MAX)
		return NULL;
	struct chat_person *person = *bucket_of(people, name);

	while (person != NULL &&
	       !chat_name_is_equal(chat_person_name(person), name))
		person = person->next_alike;
	return person;
}

void
chat_people_add(struct chat_people *people, struct chat_person *person)
{
	struct chat_person **bucket =
	    bucket_of(people, chat_person_name(person));

	person->next_alike = *bucket;
	*bucket = person;
}

void
chat_people_remove(struct chat_people *people, struct chat_person *person)
{
	struct chat_person **place =
	    bucket_of(people, chat_person_name(person));

	while (*place != person)
		place = &(*place)->next_alike;
	*place = person->next_alike;
	person->next_alike = NULL;
}
