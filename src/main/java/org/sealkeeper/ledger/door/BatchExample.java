package org.sealkeeper.ledger.door;

/** A batch as the API's description shows it: the golden one of docs/formats/block-batch.md. */
final class BatchExample {
    static final String REQUEST = """
            {"mode":"merkle","blocks":[
              {"chain":"lab-a","height":0,
               "previousHash":"0000000000000000000000000000000000000000000000000000000000000000",
               "blockHash":"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a"},
              {"chain":"lab-a","height":1,
               "previousHash":"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a",
               "blockHash":"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e"},
              {"chain":"lab-a","height":2,
               "previousHash":"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e",
               "blockHash":"63e6cb7b49674c87a6be1cf9dbfaab2bdc19a094a9876871db2c702e76b75350"}]}""";

    static final String RESULT = """
            {"results":[
              {"chain":"lab-a","height":0,
               "previousHash":"0000000000000000000000000000000000000000000000000000000000000000",
               "blockHash":"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a","signedAt":"2026-01-05T08:00:00.000Z",
               "keyId":"qycZj9YRNJnQWFNJrJocx6HWXKli6Lx94J_Oz45hAeg","algorithm":"ES256",
               "signature":"eyJhbGciOiJFUzI1NiIsImtpZCI6InF5Y1pqOVlSTkpuUVdGTkpySm9jeDZIV1hLbGk2THg5NEpfT3o0NWhBZWciLCJ0eXAiOiJibG9jay1iYXRjaCtqd3MifQ.eyJsZWFmQ291bnQiOjMsInJvb3QiOiI1ZDQ0NTYxNzE0ZDk0OWIyZGMyZWI0OTJlMjE4MzRmZWZmNDc1ZTkzOTRjNWUxY2Y3MmU3Njg5OTEwOWMzOTc4Iiwic2lnbmVkQXQiOiIyMDI2LTAxLTA1VDA4OjAwOjAyLjAwM1oifQ.lmpgNhpc2u79GeXwFW_kPlvB93FLvnz9D2G_KxKLBTKryRCM1jhx-Z7OLqPBkXmEga9S9Wxo3eLLmmESbzu5NA",
               "statement":"{\\"blockHash\\":\\"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a\\",\\"chain\\":\\"lab-a\\",\\"height\\":0,\\"previousHash\\":\\"0000000000000000000000000000000000000000000000000000000000000000\\",\\"signedAt\\":\\"2026-01-05T08:00:00.000Z\\"}",
               "proof":{"leafIndex":0,"leafCount":3,"hashes":["b5e9b4ca616f2fb241ee1359801fa6b7ee810c62b70bc7f755546a8f1c2a85ac","65897e64d504d7a4e0c6f7aba622834bfa1680a077dbd172fb2dae214186079b"]}},
              {"chain":"lab-a","height":1,
               "previousHash":"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a",
               "blockHash":"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e","signedAt":"2026-01-05T08:00:01.001Z",
               "keyId":"qycZj9YRNJnQWFNJrJocx6HWXKli6Lx94J_Oz45hAeg","algorithm":"ES256",
               "signature":"eyJhbGciOiJFUzI1NiIsImtpZCI6InF5Y1pqOVlSTkpuUVdGTkpySm9jeDZIV1hLbGk2THg5NEpfT3o0NWhBZWciLCJ0eXAiOiJibG9jay1iYXRjaCtqd3MifQ.eyJsZWFmQ291bnQiOjMsInJvb3QiOiI1ZDQ0NTYxNzE0ZDk0OWIyZGMyZWI0OTJlMjE4MzRmZWZmNDc1ZTkzOTRjNWUxY2Y3MmU3Njg5OTEwOWMzOTc4Iiwic2lnbmVkQXQiOiIyMDI2LTAxLTA1VDA4OjAwOjAyLjAwM1oifQ.lmpgNhpc2u79GeXwFW_kPlvB93FLvnz9D2G_KxKLBTKryRCM1jhx-Z7OLqPBkXmEga9S9Wxo3eLLmmESbzu5NA",
               "statement":"{\\"blockHash\\":\\"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e\\",\\"chain\\":\\"lab-a\\",\\"height\\":1,\\"previousHash\\":\\"20d8849a70de630c3a2e37c15c3ffd1134e9ce0dc7e68fb53f1c0fc5e8a6db2a\\",\\"signedAt\\":\\"2026-01-05T08:00:01.001Z\\"}",
               "proof":{"leafIndex":1,"leafCount":3,"hashes":["936b6a0952c629a76d3478eaff9d983d62993893fb89388d66df4738b5ea4624","65897e64d504d7a4e0c6f7aba622834bfa1680a077dbd172fb2dae214186079b"]}},
              {"chain":"lab-a","height":2,
               "previousHash":"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e",
               "blockHash":"63e6cb7b49674c87a6be1cf9dbfaab2bdc19a094a9876871db2c702e76b75350","signedAt":"2026-01-05T08:00:02.002Z",
               "keyId":"qycZj9YRNJnQWFNJrJocx6HWXKli6Lx94J_Oz45hAeg","algorithm":"ES256",
               "signature":"eyJhbGciOiJFUzI1NiIsImtpZCI6InF5Y1pqOVlSTkpuUVdGTkpySm9jeDZIV1hLbGk2THg5NEpfT3o0NWhBZWciLCJ0eXAiOiJibG9jay1iYXRjaCtqd3MifQ.eyJsZWFmQ291bnQiOjMsInJvb3QiOiI1ZDQ0NTYxNzE0ZDk0OWIyZGMyZWI0OTJlMjE4MzRmZWZmNDc1ZTkzOTRjNWUxY2Y3MmU3Njg5OTEwOWMzOTc4Iiwic2lnbmVkQXQiOiIyMDI2LTAxLTA1VDA4OjAwOjAyLjAwM1oifQ.lmpgNhpc2u79GeXwFW_kPlvB93FLvnz9D2G_KxKLBTKryRCM1jhx-Z7OLqPBkXmEga9S9Wxo3eLLmmESbzu5NA",
               "statement":"{\\"blockHash\\":\\"63e6cb7b49674c87a6be1cf9dbfaab2bdc19a094a9876871db2c702e76b75350\\",\\"chain\\":\\"lab-a\\",\\"height\\":2,\\"previousHash\\":\\"9281040a3df276f0d6cd938f467e02bc70ccfa135b8133d722dd5b476393410e\\",\\"signedAt\\":\\"2026-01-05T08:00:02.002Z\\"}",
               "proof":{"leafIndex":2,"leafCount":3,"hashes":["c0aaab9038d00f91ac5857c4c55dc279b4d95b031e2ec27a97481f3eaa31ea53"]}}]}""";

    private BatchExample() {}
}
