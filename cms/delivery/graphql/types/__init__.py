"""The schema, made from the declarations: content types, kinds, columns, resolvers."""
