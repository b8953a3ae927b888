/* chat_remote_people.h — the hosts that others sit at, and who is in the chat
 * there. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_REMOTE_PEOPLE_H
#define NETLAB_SERVICES_CHAT_CHAT_REMOTE_PEOPLE_H

#include "services/chat/chat_remote.h"

struct chat_remote_node {
	struct chat_link in_nodes;
	struct chat_link people; /* chat_remote_person.in_node */
	uint64_t heard_ms;       /* its last list */
	uint8_t name_len;
	uint8_t name[CHAT_BROKER_NODE_MAX];
};

/* Somebody elsewhere; in a room here for as long as it exists. */
struct chat_remote_person {
	struct chat_person person;
	struct chat_link in_node;
	struct chat_remote_person *next_alike; /* in the table */
	struct chat_remote_node *node;
	uint32_t id;       /* there */
	uint8_t given_len; /* of its name there: here, "@HOST" may follow */
	bool is_moving;    /* has left its room, and will be in another */
	bool is_listed;    /* in the list that is being read */
};

/* What the person is called on its host. */
struct span chat_remote_people_given(const struct chat_remote_person *person);

/* The host called NAME; NULL: it is not known. */
struct chat_remote_node *chat_remote_people_node(
    const struct chat_remote *remote, struct span name);

/* Who is called ID there; NULL: nobody. */
struct chat_remote_person *chat_remote_people_find(
    const struct chat_remote *remote, const struct chat_remote_node *node,
    uint32_t id);

/* WHO of NODE is in its room now, under its name: new, from another room, or
 * known to be. What is no name is passed over. */
void chat_remote_people_join(struct chat_remote *remote,
    struct chat_remote_node *node, const struct chat_presence_person *who);

/* PERSON has another name. */
void chat_remote_people_rename(struct chat_remote *remote,
    struct chat_remote_person *person, struct span name);

/* PERSON leaves its room: for another, or for good, and is no more. */
void chat_remote_people_leave(struct chat_remote *remote,
    struct chat_remote_person *person, struct span reason, bool is_moving);

/* LIST, of the host called NAME, says at NOW_MS who is there: everybody else
 * leaves. What is no list changes nothing. */
void chat_remote_people_list(struct chat_remote *remote, struct span name,
    struct span list, uint64_t now_ms);

/* The host is gone, and all of its people. */
void chat_remote_people_lose(struct chat_remote *remote,
    struct chat_remote_node *node, struct span reason);

#endif
