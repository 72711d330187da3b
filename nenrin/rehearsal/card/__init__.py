"""A card service for rehearsals: an OpenID provider in Node, with made-up cards."""
