package io.chancery.x509.verify;

import java.util.HexFormat;
import java.util.List;

/** Signatures that are known to hold: RFC 6979 A.2.5 to A.2.7, over "sample". */
record KnownSignature(String curve, String key, String digest, String pair) {
  static final List<KnownSignature> ALL =
      List.of(
          new KnownSignature(
              "P-256",
              "3059301306072a8648ce3d020106082a8648ce3d0301070342000460fed4ba255a9d31c961eb74c6"
                  + "356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d"
                  + "7e9f5177a3c294d4462299",
              "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
              "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100"
                  + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"),
          new KnownSignature(
              "P-384",
              "3076301006072a8648ce3d020106052b8104002203620004ec3a4e415b4e19a4568618029f427fa5"
                  + "da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc138015d9b72d7d5724"
                  + "4ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
              "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312313bca4a9b5b890e"
                  + "fee42c77b1ee25fe",
              "306602310094edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648"
                  + "152e44acf96e36dd1e80fabe4602310099ef4aeb15f178cea1fe40db2603138f130e740a19624526"
                  + "203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"),
          new KnownSignature(
              "P-521",
              "30819b301006072a8648ce3d020106052b81040023038186000401894550d0785932e00eaa23b694"
                  + "f213f8c3121f86dc97a04e5a7167db4e5bcd371123d46e45db6b5d5370a7f20fb633155d38ffa16d"
                  + "2bd761dcac474b9a2f5023a400493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6"
                  + "630f746a28a0db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfdfcf5",
              "39a5e04aaff7455d9850c605364f514c11324ce64016960d23d5dc57d3ffd8f49a739468ab8049bf"
                  + "18eef820cdb1ad6c9015f838556bc7fad4138b23fdf986c7",
              "308187024200c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25"
                  + "a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fa0241617cce7cf50648"
                  + "06c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff077"
                  + "7b1a20f8ccb1dccc43997f1ee0e44da4a67a"));

  byte[] info() {
    return HexFormat.of().parseHex(key);
  }

  byte[] hash() {
    return HexFormat.of().parseHex(digest);
  }

  byte[] signature() {
    return HexFormat.of().parseHex(pair);
  }
}
